import Spatial

/// The rasters of one service in memory, with a packed R-tree over their footprints: ten thousand of them are searched in
/// microseconds.
///
/// Leaves are rasters in the order of a Hilbert curve through their centres, sixteen to a node; an envelope a node, level
/// above level, in one array.
final class RasterIndex: Sendable {
  /// All rasters by object id.
  let rasters: [CatalogRaster]
  /// Positions in `rasters`, in the order of the leaves.
  private let leaves: [Int32]
  /// Envelopes of leaves, then of the level above and so on up to the root.
  private let boxes: [Envelope]
  /// Where each level begins in `boxes`, the leaves first.
  private let levelStarts: [Int]

  private static let nodeSize = 16

  /// - Parameter rasters: ordered by object id.
  init(_ rasters: [CatalogRaster]) {
    self.rasters = rasters
    let extent = rasters.dropFirst().reduce(rasters.first?.footprint ?? Envelope(xmin: 0, ymin: 0, xmax: 0, ymax: 0)) {
      $0.union($1.footprint)
    }
    let keys = rasters.map { HilbertCurve.position(of: $0.center, in: extent) }
    leaves = (0..<rasters.count).sorted { (keys[$0], $0) < (keys[$1], $1) }.map(Int32.init)
    var boxes = leaves.map { rasters[Int($0)].footprint }
    var starts = [0]
    var count = boxes.count
    while count > 1 {
      let start = starts[starts.count - 1]
      starts.append(boxes.count)
      for first in stride(from: start, to: start + count, by: Self.nodeSize) {
        let last = min(first + Self.nodeSize, start + count)
        boxes.append(boxes[(first + 1)..<last].reduce(boxes[first]) { $0.union($1) })
      }
      count = boxes.count - starts[starts.count - 1]
    }
    self.boxes = boxes
    levelStarts = starts
  }

  /// The rasters whose footprint meets an envelope, by object id.
  /// - Parameter edges: whether a common edge or corner is enough.
  func rasters(meeting envelope: Envelope, countingEdges edges: Bool) -> [CatalogRaster] {
    guard let top = boxes.last else { return [] }
    func isMet(_ box: Envelope) -> Bool { edges ? box.touches(envelope) : box.overlaps(envelope) }
    if envelope.contains(top) { return rasters.filter { isMet($0.footprint) } }
    var found: [Int32] = []
    var open = [(level: levelStarts.count - 1, node: 0)]
    while let (level, node) = open.popLast() {
      guard isMet(boxes[levelStarts[level] + node]) else { continue }
      if level == 0 {
        found.append(leaves[node])
        continue
      }
      let below = levelStarts[level] - levelStarts[level - 1]
      let first = node * Self.nodeSize
      for child in first..<min(first + Self.nodeSize, below) { open.append((level - 1, child)) }
    }
    return found.sorted().map { rasters[Int($0)] }
  }

  /// The raster of an object id.
  func raster(_ objectId: Int64) -> CatalogRaster? {
    var low = 0
    var high = rasters.count
    while low < high {
      let middle = (low + high) / 2
      if rasters[middle].objectId < objectId { low = middle + 1 } else { high = middle }
    }
    return low < rasters.count && rasters[low].objectId == objectId ? rasters[low] : nil
  }
}
