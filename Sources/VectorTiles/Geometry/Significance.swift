/// How far a line or ring would miss its own vertices without each of them: what Douglas and Peucker's simplification keeps at
/// any tolerance.
struct Significance {
  /// A stretch between two vertices that are kept at `limit`.
  private struct Stretch {
    var start: Int
    var end: Int
    var limit: Double
  }

  private var stack: [Stretch] = []
  /// Of each point the largest tolerance, in units, at which it is kept; endless at the ends of a line.
  private(set) var values: [Double] = []

  /// Nothing measured yet.
  init() {}

  /// Appends the values of a part's points.
  mutating func measure(_ points: ArraySlice<GridPoint>, isRing: Bool) {
    let base = values.count
    values.append(contentsOf: repeatElement(0, count: points.count))
    guard points.count > 2 else {
      for index in base..<values.count { values[index] = .infinity }
      return
    }
    // Bounds the time that spirals take: what is not looked at is kept as long as what is around it.
    var budget = points.count * 200 + 100_000
    points.withUnsafeBufferPointer { points in
      values[base] = .infinity
      if isRing {
        let far = Self.farthest(from: points[0], points)
        values[base + far] = .infinity
        stack.append(Stretch(start: 0, end: far, limit: .infinity))
        stack.append(Stretch(start: far, end: points.count, limit: .infinity))
      } else {
        values[base + points.count - 1] = .infinity
        stack.append(Stretch(start: 0, end: points.count - 1, limit: .infinity))
      }
      while let stretch = stack.popLast() {
        guard stretch.end - stretch.start > 1 else { continue }
        budget -= stretch.end - stretch.start
        if budget < 0 {
          for index in stretch.start + 1..<stretch.end { values[base + index] = stretch.limit }
          continue
        }
        let (index, distance) = Self.outlier(points, stretch.start, stretch.end)
        let limit = min(distance, stretch.limit)
        values[base + index] = limit
        stack.append(Stretch(start: stretch.start, end: index, limit: limit))
        stack.append(Stretch(start: index, end: stretch.end, limit: limit))
      }
    }
  }

  /// Forgets all values, and keeps the memory.
  mutating func removeAll() { values.removeAll(keepingCapacity: true) }

  private static func farthest(from origin: GridPoint, _ points: UnsafeBufferPointer<GridPoint>) -> Int {
    var (best, bestDistance) = (1, -1.0)
    for index in 1..<points.count {
      let (dx, dy) = (Double(points[index].x &- origin.x), Double(points[index].y &- origin.y))
      if dx * dx + dy * dy > bestDistance { (best, bestDistance) = (index, dx * dx + dy * dy) }
    }
    return best
  }

  /// The vertex farthest from the segment between two others. The place behind the last one is the first.
  private static func outlier(
    _ points: UnsafeBufferPointer<GridPoint>, _ start: Int, _ end: Int
  ) -> (Int, Double) {
    let a = points[start]
    let b = points[end == points.count ? 0 : end]
    let (dx, dy) = (Double(b.x &- a.x), Double(b.y &- a.y))
    let length = dx * dx + dy * dy
    var (best, bestDistance) = (start + 1, -1.0)
    for index in start + 1..<end {
      var (px, py) = (Double(points[index].x &- a.x), Double(points[index].y &- a.y))
      if length > 0 {
        let t = min(max((px * dx + py * dy) / length, 0), 1)
        px -= t * dx
        py -= t * dy
      }
      let distance = px * px + py * py
      if distance > bestDistance { (best, bestDistance) = (index, distance) }
    }
    return (best, bestDistance.squareRoot())
  }
}
