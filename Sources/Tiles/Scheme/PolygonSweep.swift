import Spatial

/// Goes down a polygon row by row, and tells which cells of a row it has ground in common with.
///
/// A cell has, when an edge passes through it, or else when its middle lies within an odd number of rings: a cell that no edge
/// passes is wholly inside or outside. So rings may cross themselves.
struct PolygonSweep {
  /// An edge from its upper to its lower end, in cells.
  private struct Edge {
    let top: Point
    let bottom: Point

    /// Where it is at a height between its ends, which are not of one height.
    func x(at y: Double) -> Double { top.x + (y - top.y) / (bottom.y - top.y) * (bottom.x - top.x) }

    /// Where it is first and last between two heights.
    func xs(from upper: Double, to lower: Double) -> (Double, Double) {
      guard bottom.y - top.y > PolygonSweep.slack else { return (top.x, bottom.x) }
      return (x(at: max(upper, top.y)), x(at: min(lower, bottom.y)))
    }
  }

  /// The edges, those that begin highest last.
  private var waiting: [Edge]
  private var active: [Edge] = []

  /// The row in which it begins; that from which the sweep goes, where it begins before it.
  let firstRow: Int

  /// Edges that are looked at in the row of last time.
  var cost: Int { active.count }

  /// What counts as rounding, in cells.
  private static let slack = 1e-6

  /// A sweep over closed rings in cells, y down, that begins with a row.
  init(_ rings: [[Point]], from row: Int) {
    waiting = rings.flatMap { ring in
      zip(ring, ring.dropFirst()).compactMap { start, end -> Edge? in
        guard start.x.isFinite, start.y.isFinite, end.x.isFinite, end.y.isFinite else { return nil }
        let edge = start.y <= end.y ? Edge(top: start, bottom: end) : Edge(top: end, bottom: start)
        return edge.bottom.y > Double(row) ? edge : nil
      }
    }.sorted { $0.top.y > $1.top.y }
    firstRow = max(row, waiting.last.map { Self.row($0.top.y) } ?? Int(Int32.max))
  }

  /// The row of a height.
  private static func row(_ y: Double) -> Int { Int(min(max((y - slack).rounded(.down), -1), Double(Int32.max))) }

  /// The first row from one on that it reaches into; `nil` when it has ended before.
  func nextRow(from row: Int) -> Int? {
    let top = Double(row) + Self.slack
    if active.contains(where: { $0.bottom.y > top }) { return row }
    // Edges that end before are passed over when they are come to.
    return waiting.last.map { max(row, Self.row($0.top.y)) }
  }

  /// The cells of a row, parts that may overlap. Rows are to be asked for in rising order.
  mutating func columns(inRow row: Int) -> [Range<Int>] {
    let (top, bottom) = (Double(row) + Self.slack, Double(row + 1) - Self.slack)
    active.removeAll { $0.bottom.y <= top }
    while let edge = waiting.last, edge.top.y < bottom {
      waiting.removeLast()
      if edge.bottom.y > top { active.append(edge) }
    }
    guard !active.isEmpty else { return [] }
    var parts: [Range<Int>] = []
    var crossings: [Double] = []
    let middle = (Double(row) + 0.5)
    for edge in active {
      let (first, last) = edge.xs(from: top, to: bottom)
      parts.append(Self.cells(min(first, last), max(first, last)))
      if edge.top.y <= middle, edge.bottom.y > middle { crossings.append(edge.x(at: middle)) }
    }
    crossings.sort()
    for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
      parts.append(Self.cells(crossings[pair], crossings[pair + 1]))
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Ranges in order, those that overlap or touch made one.
  static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var united: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = united.last, range.lowerBound <= last.upperBound {
        united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        united.append(range)
      }
    }
    return united
  }

  /// The cells between two places; an edge along the border of two cells, but for rounding, belongs to neither.
  private static func cells(_ low: Double, _ high: Double) -> Range<Int> {
    guard !low.isNaN, !high.isNaN else { return 0..<0 }
    let farthest = Double(Int32.max)
    let first = min(max((low + slack).rounded(.down), -1), farthest)
    let end = min(max((high - slack).rounded(.up), -1), farthest)
    return first < end ? Int(first)..<Int(end) : 0..<0
  }
}
