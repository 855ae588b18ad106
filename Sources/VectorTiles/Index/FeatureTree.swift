/// A packed R-tree over features along Hilbert's curve: features first, then node upon node, the root last.
///
/// It lies in the file as it is asked, so that nothing is read that isn't needed.
struct FeatureTree {
  /// Children of a node.
  static let fanOut = 16
  /// A tile in a row of so many, at each level, shows one at least of the features in it that are too small to be seen.
  static let dotDigits = 5

  private let bytes: UnsafeRawBufferPointer
  /// How many features there are.
  let count: Int
  /// Where each layer of nodes ends, the features first.
  private let ends: [Int]

  /// The tree of so many features in bytes that are as many as it needs; `nil` where they are not.
  init?(_ bytes: UnsafeRawBufferPointer, count: Int) {
    guard count >= 0, count <= bytes.count else { return nil }
    let ends = Self.ends(count)
    guard bytes.count == (ends.last ?? 0) * MemoryLayout<TreeItem>.stride else { return nil }
    self.bytes = bytes
    self.count = count
    self.ends = ends
  }

  /// How many items the tree of so many features has.
  static func size(_ count: Int) -> Int { ends(count).last ?? 0 }

  private static func ends(_ count: Int) -> [Int] {
    guard count > 0 else { return [] }
    var ends = [count]
    var width = count
    while width > 1 {
      width = (width + fanOut - 1) / fanOut
      ends.append(ends[ends.count - 1] + width)
    }
    return ends
  }

  /// The tree over features: puts them in order, finds out on which levels those that are too small to be seen stand for
  /// the others around them, and builds the nodes.
  static func build(_ features: inout [TreeItem]) {
    let keyed = features.map { (key: $0.distance, item: $0) }.sorted {
      ($0.key, $0.item.place >> 8) < ($1.key, $1.item.place >> 8)
    }
    features = keyed.map(\.item)
    var latest = [UInt32?](repeating: nil, count: WorldGrid.deepestLevel + 1)
    for index in features.indices {
      let level = features[index].level
      for coarse in stride(from: level - 1, through: 0, by: -1) {
        let digits = min(coarse + dotDigits, HilbertCurve.digits)
        let cell = digits == 0 ? 0 : keyed[index].key >> UInt32(32 - 2 * digits)
        if latest[coarse] == cell { break }
        latest[coarse] = cell
        features[index].level = coarse
      }
    }
    var start = 0
    var end = features.count
    while end - start > 1 {
      for first in stride(from: start, to: end, by: fanOut) {
        features.append(TreeItem(above: features[first..<min(first + fanOut, end)], first: first))
      }
      (start, end) = (end, features.count)
    }
  }

  /// A feature or node; the number is within the tree.
  @inline(__always)
  private func item(_ number: Int) -> TreeItem {
    bytes.loadUnaligned(fromByteOffset: number * MemoryLayout<TreeItem>.stride, as: TreeItem.self)
  }

  /// Visits the features whose boxes touch a box and of which a level shows something, until one is enough.
  /// - Parameters:
  ///   - box: in units of `WorldGrid`; may lie beyond the world.
  ///   - body: answers `true` for enough.
  /// - Returns: `false` where the tree is damaged.
  func visit(
    _ box: GridBox, level: Int, _ body: (TreeItem) throws(VectorTileError) -> Bool
  ) throws(VectorTileError) -> Bool {
    guard let root = ends.last else { return true }
    let most = 1 << TreeItem.digits
    guard box.maxX >= 0, box.maxY >= 0 else { return true }
    let minX = UInt32(min(max(box.minX >> TreeItem.shift, 0), most))
    let minY = UInt32(min(max(box.minY >> TreeItem.shift, 0), most))
    let maxX = UInt32(min(box.maxX >> TreeItem.shift, most))
    let maxY = UInt32(min(box.maxY >> TreeItem.shift, most))
    // The layer of each node to look into, and its number.
    var stack = [(ends.count - 1, root - 1)]
    while let (layer, number) = stack.popLast() {
      let node = item(number)
      guard node.level <= level, node.minX <= maxX, node.maxX >= minX, node.minY <= maxY, node.maxY >= minY
      else { continue }
      if layer == 0 {
        if try body(node) { return true }
        continue
      }
      let (first, layerStart, layerEnd) = (node.reference, layer > 1 ? ends[layer - 2] : 0, ends[layer - 1])
      guard first >= layerStart, first < layerEnd else { return false }
      for child in (first..<min(first + Self.fanOut, layerEnd)).reversed() { stack.append((layer - 1, child)) }
    }
    return true
  }
}
