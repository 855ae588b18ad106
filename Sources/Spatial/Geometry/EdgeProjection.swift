/// Projects lines so that their edges follow the curves that they become.
///
/// Edges are cut into short pieces, all ends are projected at once, and those that lie on the straight line between others
/// are left out again.
struct EdgeProjection {
  private let transformation: Transformation
  private let pole: Double?
  private let pieces: Int
  private let tolerance: Double?

  /// - Parameters:
  ///   - pole: the latitude of the North Pole in a geographic source; `nil` for other sources.
  ///   - pieces: into how many pieces all edges together are cut, besides one an edge.
  ///   - tolerance: how far the result may lie from the projected pieces, in units of the target; `nil` takes a
  ///     ten-thousandth of the result's longer side.
  init(_ transformation: Transformation, pole: Double?, pieces: Int, tolerance: Double?) {
    self.transformation = transformation
    self.pole = pole
    self.pieces = pieces
    self.tolerance = tolerance
  }

  /// Projects lines of two points or more; `nil` when a part has no place in the target or the target tears a line.
  func project(_ paths: [[Point]]) -> [[Point]]? {
    let cut = cut(paths)
    let places = places(of: cut.points)
    guard !places.contains(where: \.x.isNaN), isWhole(cut, places) else { return nil }
    let extent = Envelope(around: places)
    let limit = tolerance ?? max(extent.width, extent.height) / 10_000
    return cut.paths.map { corners in
      var line = [places[corners[0]]]
      for (start, end) in zip(corners, corners.dropFirst()) {
        appendBends(places, from: start, to: end, limit: limit, to: &line)
        line.append(places[end])
      }
      return line
    }
  }

  /// The points of cut lines, and where in them the corners of each line are.
  private struct Cut {
    var points: [Point] = []
    var paths: [[Int]] = []
  }

  private func cut(_ paths: [[Point]]) -> Cut {
    let edges = paths.joined().count
    let length = paths.reduce(0) { sum, path in
      zip(path, path.dropFirst()).reduce(sum) { $0 + $1.0.distance(to: $1.1) }
    }
    var cut = Cut()
    cut.points.reserveCapacity(edges + pieces)
    for path in paths {
      var corners: [Int] = []
      for (index, point) in path.enumerated() {
        if index > 0 {
          let before = path[index - 1]
          let share = length > 0 ? before.distance(to: point) / length : 0
          let count = 1 + Int(share * Double(pieces))
          for piece in stride(from: 1, to: count, by: 1) {
            let part = Double(piece) / Double(count)
            cut.points.append(
              Point(x: before.x + (point.x - before.x) * part, y: before.y + (point.y - before.y) * part))
          }
        }
        corners.append(cut.points.count)
        cut.points.append(point)
      }
      cut.paths.append(corners)
    }
    return cut
  }

  /// Where points come to lie; NaN for those that have no place. The way back from a pole leads to any longitude.
  private func places(of points: [Point]) -> [Point] {
    var xs = points.map(\.x)
    var ys = points.map(\.y)
    transformation.transformFaithfully(xs: &xs, ys: &ys)
    return points.indices.map { index in
      if xs[index].isNaN, let pole, abs(points[index].y) == pole, let place = transformation.transform(points[index]) {
        return place
      }
      return Point(x: xs[index], y: ys[index])
    }
  }

  /// Whether no piece crosses a seam: the way back from its middle leads to the neighbourhood that it came from.
  private func isWhole(_ cut: Cut, _ places: [Point]) -> Bool {
    var starts: [Int] = []
    for corners in cut.paths { starts += (corners.first ?? 0)..<(corners.last ?? 0) }
    var xs = starts.map { (places[$0].x + places[$0 + 1].x) / 2 }
    var ys = starts.map { (places[$0].y + places[$0 + 1].y) / 2 }
    transformation.transform(xs: &xs, ys: &ys, direction: .inverse)
    // Points that are one but for rounding have a neighbourhood too.
    let extent = Envelope(around: cut.points)
    let slack = max(extent.width, extent.height) * 1e-6
    let target = Envelope(around: places)
    let nothing = max(target.width, target.height) * 1e-9
    return starts.indices.allSatisfy { index in
      let (start, end) = (cut.points[starts[index]], cut.points[starts[index] + 1])
      let reach = start.distance(to: end) * 2 + slack
      let middle = Point(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)
      // An edge along a pole shrinks to a point. Written so that NaN is no place.
      return places[starts[index]].distance(to: places[starts[index] + 1]) <= nothing
        || middle.distance(to: Point(x: xs[index], y: ys[index])) <= reach
    }
  }

  /// Appends the points between two that the straight line between them misses by more than the limit (the algorithm of
  /// Ramer, Douglas and Peucker).
  private func appendBends(_ places: [Point], from start: Int, to end: Int, limit: Double, to line: inout [Point]) {
    guard end > start + 1 else { return }
    var farthest = start
    var greatest = limit
    for index in (start + 1)..<end {
      let distance = places[index].distance(toSegmentFrom: places[start], to: places[end])
      if distance > greatest { (farthest, greatest) = (index, distance) }
    }
    guard farthest > start else { return }
    appendBends(places, from: start, to: farthest, limit: limit, to: &line)
    line.append(places[farthest])
    appendBends(places, from: farthest, to: end, limit: limit, to: &line)
  }
}

extension Point {
  /// The straight distance.
  fileprivate func distance(to other: Point) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }

  /// The distance to the nearest point of a segment.
  fileprivate func distance(toSegmentFrom start: Point, to end: Point) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let square = dx * dx + dy * dy
    let along = square > 0 ? min(1, max(0, ((x - start.x) * dx + (y - start.y) * dy) / square)) : 0
    return distance(to: Point(x: start.x + along * dx, y: start.y + along * dy))
  }
}
