extension Geometry {
  /// What of an area lies within a box; `nil` where nothing does, and for points and lines.
  ///
  /// Rings are cut one by one (the algorithm of Sutherland and Hodgman). Where a ring leaves the box, edges along the box take
  /// its place, some of them twice: within the box the rule of odd and even is the same as before.
  func clipped(to box: Envelope) -> Geometry? {
    switch self {
    case .envelope(let envelope): return envelope.intersection(box).map { .envelope($0) }
    case .polygon(let rings):
      let cut = rings.compactMap { ring -> [Point]? in
        if box.contains(Envelope(around: ring)) { return ring }
        let sides: [(Side, Double)] = [(.west, box.xmin), (.east, box.xmax), (.south, box.ymin), (.north, box.ymax)]
        let open = sides.reduce(Array(ring.dropLast())) { points, side in
          side.0.cut(points, at: side.1)
        }
        return open.count < 3 ? nil : open + [open[0]]
      }
      return cut.isEmpty ? nil : .polygon(cut)
    case .point, .multipoint, .polyline: return nil
    }
  }

  /// A side of a box.
  private enum Side {
    case west, east, south, north

    private func isInside(_ point: Point, _ limit: Double) -> Bool {
      switch self {
      case .west: point.x >= limit
      case .east: point.x <= limit
      case .south: point.y >= limit
      case .north: point.y <= limit
      }
    }

    private func crossing(_ start: Point, _ end: Point, _ limit: Double) -> Point {
      switch self {
      case .west, .east:
        Point(x: limit, y: start.y + (end.y - start.y) * ((limit - start.x) / (end.x - start.x)))
      case .south, .north:
        Point(x: start.x + (end.x - start.x) * ((limit - start.y) / (end.y - start.y)), y: limit)
      }
    }

    /// The part of an open ring on the inner side.
    func cut(_ points: [Point], at limit: Double) -> [Point] {
      guard var before = points.last else { return [] }
      var kept: [Point] = []
      for point in points {
        let (wasInside, isInside) = (isInside(before, limit), isInside(point, limit))
        if wasInside != isInside { kept.append(crossing(before, point, limit)) }
        if isInside { kept.append(point) }
        before = point
      }
      return kept
    }
  }
}
