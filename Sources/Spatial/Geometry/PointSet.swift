/// Points from west to east: those within a rectangle are quickly found.
struct PointSet {
  private let points: [Point]

  /// The points of a geometry; `nil` when it has more than points.
  init?(_ geometry: Geometry) {
    switch geometry {
    case .point(let point): points = [point]
    case .multipoint(let all): points = all.sorted { $0.x < $1.x }
    case .polyline, .polygon, .envelope: return nil
    }
  }

  /// Whether a point lies in a rectangle, its edges included.
  func meets(_ rectangle: Envelope) -> Bool {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].x < rectangle.xmin { low = middle + 1 } else { high = middle }
    }
    return points[low...].prefix { $0.x <= rectangle.xmax }.contains {
      rectangle.ymin <= $0.y && $0.y <= rectangle.ymax
    }
  }
}
