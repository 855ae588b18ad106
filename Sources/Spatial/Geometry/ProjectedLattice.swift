/// A lattice of points over an envelope, corners and edges included, and where they come to lie in another reference.
struct ProjectedLattice {
  private let transformation: Transformation
  /// The points, row by row.
  private let points: [Point]
  /// Where they come to lie; NaN where they have no place.
  private let places: [Point]

  /// Steps between points along each axis; GDAL takes 21 along an edge.
  private static let intervals = 24
  private static let side = intervals + 1

  init(_ box: Envelope, _ transformation: Transformation) {
    self.transformation = transformation
    var points: [Point] = []
    for row in 0...Self.intervals {
      for column in 0...Self.intervals {
        let x = box.xmin + box.width * Double(column) / Double(Self.intervals)
        let y = box.ymin + box.height * Double(row) / Double(Self.intervals)
        points.append(Point(x: min(x, box.xmax), y: min(y, box.ymax)))
      }
    }
    self.points = points
    // The way back is dear. Where some points spread over the box come back, and all have places, all would.
    let spread = points.indices.filter { $0 % Self.side % 6 == 0 && $0 / Self.side % 6 == 0 }
    let some = Self.transform(spread.map { points[$0] }, transformation, faithfully: true)
    let quick = some.contains { $0.x.isNaN } ? [] : Self.transform(points, transformation, faithfully: false)
    places =
      quick.isEmpty || quick.contains { $0.x.isNaN } ? Self.transform(points, transformation, faithfully: true) : quick
  }

  /// What the places cover, to the very limit of the projection; `nil` if there is no place at all.
  var bounds: Envelope? {
    guard places.contains(where: { !$0.x.isNaN }) else { return nil }
    var bounds = Envelope(xmin: .infinity, ymin: .infinity, xmax: -.infinity, ymax: -.infinity)
    for place in places + limits() + brinks() where !place.x.isNaN {
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
    guard places.contains(where: { $0.x.isNaN }) else { return [] }
    var valid: [Point] = []
    var invalid: [Point] = []
    for (first, second) in neighbours() where places[first].x.isNaN != places[second].x.isNaN {
      valid.append(points[places[first].x.isNaN ? second : first])
      invalid.append(points[places[first].x.isNaN ? first : second])
    }
    for _ in 0..<24 {
      let middles = valid.indices.map {
        Point(x: (valid[$0].x + invalid[$0].x) / 2, y: (valid[$0].y + invalid[$0].y) / 2)
      }
      let found = Self.transform(middles, transformation, faithfully: true)
      for index in middles.indices {
        if found[index].x.isNaN { invalid[index] = middles[index] } else { valid[index] = middles[index] }
      }
    }
    return Self.transform(valid, transformation, faithfully: true)
  }

  /// Two points of the envelope between which places jump, and those places.
  private struct Brink {
    var points: (first: Point, second: Point)
    var places: (first: Point, second: Point)
    /// How far the places are apart.
    var length: Double { ProjectedLattice.distance(places.first, places.second) }
    /// How far they were apart at first.
    let start: Double

    init(points: (first: Point, second: Point), places: (first: Point, second: Point)) {
      self.points = points
      self.places = places
      start = ProjectedLattice.distance(places.first, places.second)
    }
  }

  /// The last places on both sides of each jump between neighbours, as at a projection's seam, by halving.
  private func brinks() -> [Point] {
    let pairs = neighbours().filter { !places[$0].x.isNaN && !places[$1].x.isNaN }
    var brinks = [1, Self.side].flatMap { step -> [Brink] in
      let along = pairs.filter { $1 - $0 == step }.map { first, second in
        Brink(points: (points[first], points[second]), places: (places[first], places[second]))
      }
      guard !along.isEmpty else { return [] }
      // A jump is much longer than other steps along the same axis.
      let usual = along.map(\.length).sorted()[along.count / 2]
      return along.filter { $0.length > 3 * usual }
    }
    for _ in 0..<32 where !brinks.isEmpty {
      let middles = brinks.map {
        Point(x: ($0.points.first.x + $0.points.second.x) / 2, y: ($0.points.first.y + $0.points.second.y) / 2)
      }
      let found = Self.transform(middles, transformation, faithfully: false)
      for index in brinks.indices where !found[index].x.isNaN {
        // The jump is in the half that is longer.
        let places = brinks[index].places
        if Self.distance(places.first, found[index]) > Self.distance(found[index], places.second) {
          (brinks[index].points.second, brinks[index].places.second) = (middles[index], found[index])
        } else {
          (brinks[index].points.first, brinks[index].places.first) = (middles[index], found[index])
        }
      }
      // What falls with its half was a long step and no jump.
      brinks.removeAll { $0.length < $0.start / 8 }
    }
    return brinks.flatMap { [$0.places.first, $0.places.second] }
  }

  private static func distance(_ first: Point, _ second: Point) -> Double {
    (first.x - second.x).magnitude + (first.y - second.y).magnitude
  }

  /// The pairs of points that stand next to each other.
  private func neighbours() -> [(Int, Int)] {
    points.indices.flatMap { index -> [(Int, Int)] in
      let east = index % Self.side < Self.intervals ? [(index, index + 1)] : []
      let north = index + Self.side < points.count ? [(index, index + Self.side)] : []
      return east + north
    }
  }

  private static func transform(_ points: [Point], _ transformation: Transformation, faithfully: Bool) -> [Point] {
    var xs = points.map(\.x)
    var ys = points.map(\.y)
    if faithfully {
      transformation.transformFaithfully(xs: &xs, ys: &ys)
    } else {
      transformation.transform(xs: &xs, ys: &ys)
    }
    return zip(xs, ys).map { Point(x: $0, y: $1) }
  }
}
