/// Cuts lines at a box (Liang and Barsky).
struct LineClip {
  /// What is kept; its edges belong to it.
  let box: GridBox

  /// The part of a segment within the box; `nil` when there is none.
  /// - Returns: from where to where on the segment, 0 to 1.
  @inline(__always)
  private func span(_ start: GridPoint, _ end: GridPoint) -> (Double, Double)? {
    let (dx, dy) = (Double(end.x &- start.x), Double(end.y &- start.y))
    var (from, to) = (0.0, 1.0)
    func cut(_ p: Double, _ q: Double) -> Bool {
      if p == 0 { return q >= 0 }
      let t = q / p
      if p < 0 { from = max(from, t) } else { to = min(to, t) }
      return from <= to
    }
    guard cut(-dx, Double(start.x &- box.minX)), cut(dx, Double(box.maxX &- start.x)),
      cut(-dy, Double(start.y &- box.minY)), cut(dy, Double(box.maxY &- start.y))
    else { return nil }
    return (from, to)
  }

  private func point(_ start: GridPoint, _ end: GridPoint, at t: Double) -> GridPoint {
    GridPoint(
      x: min(max(start.x + Int((t * Double(end.x - start.x)).rounded()), box.minX), box.maxX),
      y: min(max(start.y + Int((t * Double(end.y - start.y)).rounded()), box.minY), box.maxY))
  }

  /// Appends what lies within the box of the line through some points.
  func clip(_ line: ArraySlice<GridPoint>, into out: inout GridGeometry) {
    var start = out.points.count
    func close() {
      if out.points.count - start > 1 {
        out.closePart(.line, from: start)
      } else {
        out.points.removeLast(out.points.count - start)
      }
      start = out.points.count
    }
    func add(_ point: GridPoint) {
      if out.points.count == start || out.points[out.points.count - 1] != point { out.points.append(point) }
    }
    guard var previous = line.first else { return }
    var previousSides = box.sides(previous)
    if previousSides == 0 { add(previous) }
    for point in line.dropFirst() {
      let sides = box.sides(point)
      if previousSides | sides == 0 {
        add(point)
      } else if previousSides & sides == 0, let (from, to) = span(previous, point) {
        if previousSides != 0 {
          close()
          add(self.point(previous, point, at: from))
        }
        add(sides == 0 ? point : self.point(previous, point, at: to))
        if sides != 0 { close() }
      } else if previousSides == 0 {
        close()
      }
      (previous, previousSides) = (point, sides)
    }
    close()
  }
}
