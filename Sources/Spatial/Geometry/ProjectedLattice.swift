/// A lattice of points over an envelope, corners and edges included, and where they come to lie in another reference.
struct ProjectedLattice {
  private let transformation: Transformation
  private let reach: Point
  /// The points, row by row.
  private let points: [Point]
  /// Where they come to lie; NaN where they have no place.
  private let places: [Point]

  /// Steps between points along each axis; GDAL takes 21 along an edge.
  private static let intervals = 24
  private static let side = intervals + 1

  init(_ box: Envelope, _ transformation: Transformation) {
    self.transformation = transformation
    reach = Point(x: box.width / 1000, y: box.height / 1000)
    var points: [Point] = []
    for row in 0...Self.intervals {
      for column in 0...Self.intervals {
        let x = box.xmin + box.width * Double(column) / Double(Self.intervals)
        let y = box.ymin + box.height * Double(row) / Double(Self.intervals)
        points.append(Point(x: min(x, box.xmax), y: min(y, box.ymax)))
      }
    }
    self.points = points
    places = Self.transform(points, transformation, reach: reach)
  }

  /// What the places cover, to the very limit of the projection; `nil` if there is no place at all.
  var bounds: Envelope? {
    guard places.contains(where: { !$0.x.isNaN }) else { return nil }
    var bounds = Envelope(xmin: .infinity, ymin: .infinity, xmax: -.infinity, ymax: -.infinity)
    for place in places + limits() where !place.x.isNaN {
      bounds = bounds.union(Envelope(xmin: place.x, ymin: place.y, xmax: place.x, ymax: place.y))
    }
    return bounds
  }

  /// Whether neighbours are farther apart in longitude than half a turn: the antimeridian is between them.
  func jumps(over halfTurn: Double) -> Bool {
    neighbours().contains { (places[$0].x - places[$1].x).magnitude > halfTurn }
  }

  /// The last places on the way from each point that has one to its neighbours that have none, by halving.
  private func limits() -> [Point] {
    var valid: [Point] = []
    var invalid: [Point] = []
    for (first, second) in neighbours() where places[first].x.isNaN != places[second].x.isNaN {
      valid.append(points[places[first].x.isNaN ? second : first])
      invalid.append(points[places[first].x.isNaN ? first : second])
    }
    guard !valid.isEmpty else { return [] }
    for _ in 0..<24 {
      let middles = valid.indices.map {
        Point(x: (valid[$0].x + invalid[$0].x) / 2, y: (valid[$0].y + invalid[$0].y) / 2)
      }
      let found = Self.transform(middles, transformation, reach: reach)
      for index in middles.indices {
        if found[index].x.isNaN { invalid[index] = middles[index] } else { valid[index] = middles[index] }
      }
    }
    return Self.transform(valid, transformation, reach: reach)
  }

  /// The pairs of points that stand next to each other.
  private func neighbours() -> [(Int, Int)] {
    points.indices.flatMap { index -> [(Int, Int)] in
      let east = index % Self.side < Self.intervals ? [(index, index + 1)] : []
      let north = index + Self.side < points.count ? [(index, index + Self.side)] : []
      return east + north
    }
  }

  private static func transform(_ points: [Point], _ transformation: Transformation, reach: Point) -> [Point] {
    var xs = points.map(\.x)
    var ys = points.map(\.y)
    transformation.transformFaithfully(xs: &xs, ys: &ys, reachX: reach.x, reachY: reach.y)
    return zip(xs, ys).map { Point(x: $0, y: $1) }
  }
}
