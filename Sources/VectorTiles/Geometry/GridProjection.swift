import Spatial

/// Brings features of a file onto the grid.
struct GridProjection {
  /// One geometry a kind that the latest feature has.
  private(set) var geometries: [(kind: GeometryKind, geometry: GridGeometry)] = []

  private static let world = GridBox(minX: 0, minY: 0, maxX: WorldGrid.width, maxY: WorldGrid.width)

  /// Nothing projected yet.
  init() {}

  /// Brings a feature onto the grid. Its coordinates become longitudes, and units down.
  /// - Returns: what is wrong with it.
  mutating func project(
    _ feature: inout SourceFeature, flaws: inout [(reason: String, isLoss: Bool)]
  ) throws(VectorTileError) {
    geometries.removeAll(keepingCapacity: true)
    if let flaw = locate(&feature) {
      flaws.append((flaw, true))
      return
    }
    let roles = Set(feature.parts.map(\.role))
    if roles.contains(.points) { add(.point, points(feature)) }
    if roles.contains(.line) { add(.line, lines(&feature, &flaws)) }
    if roles.contains(.exterior) { add(.polygon, areas(&feature, &flaws)) }
  }

  private mutating func add(_ kind: GeometryKind, _ geometry: GridGeometry) {
    if !geometry.isEmpty { geometries.append((kind, geometry)) }
  }

  // MARK: Places

  private func locate(_ feature: inout SourceFeature) -> String? {
    let reference = feature.reference
    if reference == .webMercator {
      for index in feature.xs.indices {
        feature.xs[index] = feature.xs[index] / WorldGrid.halfWidthInMeters * 180
        feature.ys[index] = WorldGrid.y(northing: feature.ys[index])
      }
      return farLongitude(feature.xs)
    }
    if reference != .wgs84 {
      guard let transformation = try? Transformation.between(reference, .wgs84) else {
        return "there is no way from its spatial reference to longitudes"
      }
      transformation.transform(xs: &feature.xs, ys: &feature.ys)
      if feature.xs.contains(where: \.isNaN) { return "a position has no place on Earth" }
    }
    for index in feature.ys.indices {
      let latitude = feature.ys[index]
      // Rounding on the way here is no fault.
      guard latitude.magnitude <= 90.000_001 else {
        return "a position has the latitude \(latitude), beyond 90 degrees"
      }
      feature.ys[index] = WorldGrid.y(latitude: latitude)
    }
    return farLongitude(feature.xs)
  }

  private func farLongitude(_ longitudes: [Double]) -> String? {
    for longitude in longitudes where !(longitude.magnitude <= 540) {
      return "a position has the longitude \(longitude), beyond 540 degrees"
    }
    return nil
  }

  @inline(__always)
  private static func point(_ longitude: Double, _ y: Double) -> GridPoint {
    GridPoint(x: Int(WorldGrid.x(longitude: longitude).rounded()), y: Int(y.rounded()))
  }

  private func points(_ feature: SourceFeature) -> GridGeometry {
    var out = GridGeometry()
    for part in feature.parts where part.role == .points {
      for index in part.range {
        var point = Self.point(feature.xs[index], feature.ys[index])
        while point.x < 0 { point.x += WorldGrid.width }
        while point.x > WorldGrid.width { point.x -= WorldGrid.width }
        point.y = min(max(point.y, 0), WorldGrid.width)
        out.points.append(point)
      }
    }
    if !out.points.isEmpty { out.closePart(.points, from: 0) }
    return out
  }

  // MARK: Lines

  private func lines(
    _ feature: inout SourceFeature, _ flaws: inout [(reason: String, isLoss: Bool)]
  ) -> GridGeometry {
    var all = GridGeometry()
    for part in feature.parts where part.role == .line {
      guard part.range.count > 1 else {
        flaws.append(("a line has fewer than two positions", true))
        continue
      }
      Antimeridian.unwrapLine(&feature.xs, part.range)
      all.append(.line, part.range.map { Self.point(feature.xs[$0], feature.ys[$0]) })
    }
    let box = all.box
    guard !all.isEmpty, !Self.world.contains(box) else { return all }
    var out = GridGeometry()
    for copy in Self.copies(box) {
      var cut = GridGeometry()
      let clip = LineClip(box: Self.world(copy))
      for part in all.parts { clip.clip(all.points[part.range], into: &cut) }
      cut.shift(x: -copy * WorldGrid.width)
      for part in cut.parts { out.append(part, of: cut) }
    }
    if out.isEmpty { flaws.append(("it lies beyond the latitudes that Web Mercator shows", true)) }
    return out
  }

  // MARK: Areas

  private func areas(
    _ feature: inout SourceFeature, _ flaws: inout [(reason: String, isLoss: Bool)]
  ) -> GridGeometry {
    var all = GridGeometry()
    var isExteriorGone = false
    for part in feature.parts where part.role == .exterior || part.role == .interior {
      var range = part.range
      if range.count > 1, isSame(feature, range.lowerBound, range.upperBound - 1) {
        range = range.dropLast()
      } else if !range.isEmpty {
        flaws.append(("a ring is not closed", false))
      }
      if part.role == .exterior { isExteriorGone = false } else if isExteriorGone { continue }
      guard range.contains(where: { !isSame(feature, $0, range.lowerBound) }), range.count > 2 else {
        flaws.append(("a ring has fewer than three different positions", true))
        isExteriorGone = part.role == .exterior
        continue
      }
      let turn = Antimeridian.unwrapRing(
        &feature.xs, rows: feature.ys, range, isExterior: part.role == .exterior)
      let start = all.points.count
      for index in range { all.points.append(Self.point(feature.xs[index], feature.ys[index])) }
      if turn != 0 {
        // Around a pole: on along the edge of the map and back, by the pole that is nearer.
        let first = all.points[start]
        let height = range.reduce(0.0) { $0 + feature.ys[$1] } / Double(range.count)
        let pole = height < Double(WorldGrid.width) / 2 ? -WorldGrid.width : 2 * WorldGrid.width
        let end = first.x + (turn > 0 ? WorldGrid.width : -WorldGrid.width)
        all.points.append(GridPoint(x: end, y: first.y))
        all.points.append(GridPoint(x: end, y: pole))
        all.points.append(GridPoint(x: first.x, y: pole))
      }
      all.closePart(part.role, from: start)
    }
    let box = all.box
    guard !all.isEmpty, !Self.world.contains(box) else { return all }
    var out = GridGeometry()
    for copy in Self.copies(box) {
      var cut = GridGeometry()
      var clip = PolygonClip(box: Self.world(copy))
      all.forEachPolygon { clip.clip($0, of: all, into: &cut) }
      cut.shift(x: -copy * WorldGrid.width)
      for part in cut.parts { out.append(part, of: cut) }
    }
    if out.isEmpty { flaws.append(("it lies beyond the latitudes that Web Mercator shows", true)) }
    return out
  }

  private func isSame(_ feature: SourceFeature, _ one: Int, _ other: Int) -> Bool {
    feature.xs[one] == feature.xs[other] && feature.ys[one] == feature.ys[other]
  }

  /// The worlds side by side into which a box reaches; the world itself is 0.
  private static func copies(_ box: GridBox) -> ClosedRange<Int> {
    let first = Int((Double(box.minX) / Double(WorldGrid.width)).rounded(.down))
    return first...max(first, Int((Double(box.maxX - 1) / Double(WorldGrid.width)).rounded(.down)))
  }

  private static func world(_ copy: Int) -> GridBox {
    GridBox(
      minX: world.minX + copy * WorldGrid.width, minY: world.minY, maxX: world.maxX + copy * WorldGrid.width,
      maxY: world.maxY)
  }
}

extension GridGeometry {
  /// Moves all points to the right.
  mutating func shift(x: Int) {
    for index in points.indices { points[index].x += x }
  }

  /// Visits the parts that make up each area: an outer ring and its holes.
  func forEachPolygon(_ body: (ArraySlice<Part>) -> Void) {
    var start = 0
    while start < parts.count {
      var end = start + 1
      while end < parts.count, parts[end].role == .interior { end += 1 }
      body(parts[start..<end])
      start = end
    }
  }
}
