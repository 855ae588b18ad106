/// How often colours occur, in cells of 5 bits a channel.
struct ColorHistogram {
  private static let cells = 1 << 15

  private var counts = [UInt32](repeating: 0, count: cells)
  // Of 17 million white pixels the sum has more than 32 bits.
  private var sums = [SIMD4<UInt64>](repeating: .zero, count: cells)

  /// The cell of a colour.
  @inline(__always)
  static func cell(red: UInt8, green: UInt8, blue: UInt8) -> Int {
    Int(red >> 3) << 10 | Int(green >> 3) << 5 | Int(blue >> 3)
  }

  /// Takes one pixel in.
  @inline(__always)
  mutating func count(red: UInt8, green: UInt8, blue: UInt8) {
    let cell = Self.cell(red: red, green: green, blue: blue)
    counts[cell] &+= 1
    sums[cell] &+= SIMD4(UInt64(red), UInt64(green), UInt64(blue), 0)
  }

  /// At most `limit` colours that stand for all of them, and the number of the one for each cell.
  ///
  /// The box with the most pixels times squared spread is halved, at the median of its longest side, until there are
  /// enough; a box's colour is the mean of its pixels. Then every cell takes the colour nearest to its own mean.
  func medianCut(into limit: Int) -> (colors: [SIMD4<UInt8>], index: [UInt8]) {
    let used = counts.indices.filter { counts[$0] > 0 }.map { cell in
      Entry(cell: cell, count: counts[cell], mean: mean(of: cell))
    }
    guard !used.isEmpty else { return ([], [UInt8](repeating: 0, count: Self.cells)) }
    var boxes = [Box(used)]
    while boxes.count < limit {
      guard let widest = boxes.indices.max(by: { boxes[$0].priority < boxes[$1].priority }),
        let (low, high) = boxes[widest].halves()
      else { break }
      boxes[widest] = low
      boxes.append(high)
    }
    let colors = boxes.map(\.color)
    var index = [UInt8](repeating: 0, count: Self.cells)
    for entry in used {
      var nearest = (number: 0, distance: Float.infinity)
      for (number, color) in colors.enumerated() {
        let apart = entry.mean - color
        let distance = (apart * apart).sum()
        if distance < nearest.distance { nearest = (number, distance) }
      }
      index[entry.cell] = UInt8(nearest.number)
    }
    let bytes = colors.map { color in
      SIMD4<UInt8>(UInt8(color.x.rounded()), UInt8(color.y.rounded()), UInt8(color.z.rounded()), 255)
    }
    return (bytes, index)
  }

  private func mean(of cell: Int) -> SIMD3<Float> {
    let sum = sums[cell]
    return SIMD3(Float(sum.x), Float(sum.y), Float(sum.z)) / Float(counts[cell])
  }

  /// The pixels of one cell.
  private struct Entry {
    let cell: Int
    let count: UInt32
    let mean: SIMD3<Float>
  }

  /// Some cells that will share a colour.
  private struct Box {
    private var entries: [Entry]
    private let axis: Int
    let color: SIMD3<Float>
    /// Pixels times the square of the longest side: the error that the box stands for, roughly.
    let priority: Float

    init(_ entries: [Entry]) {
      var (low, high) = (SIMD3<Float>(repeating: 255), SIMD3<Float>.zero)
      var (sum, pixels) = (SIMD3<Float>.zero, Float(0))
      for entry in entries {
        low = pointwiseMin(low, entry.mean)
        high = pointwiseMax(high, entry.mean)
        sum += entry.mean * Float(entry.count)
        pixels += Float(entry.count)
      }
      let side = high - low
      axis = side.x >= side.y && side.x >= side.z ? 0 : side.y >= side.z ? 1 : 2
      color = sum / pixels
      priority = entries.count > 1 ? pixels * side[axis] * side[axis] : 0
      self.entries = entries
    }

    /// The box cut where half of its pixels lie on each side; `nil` when it has but one cell.
    func halves() -> (Box, Box)? {
      guard entries.count > 1 else { return nil }
      let sorted = entries.sorted { $0.mean[axis] < $1.mean[axis] }
      let half = sorted.reduce(0) { $0 + Int($1.count) } / 2
      var passed = 0
      var cut = 0
      while cut < sorted.count - 1, cut == 0 || passed < half {
        passed += Int(sorted[cut].count)
        cut += 1
      }
      return (Box(Array(sorted[..<cut])), Box(Array(sorted[cut...])))
    }
  }
}
