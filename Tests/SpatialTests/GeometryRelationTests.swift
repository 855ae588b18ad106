import Glibc
import Spatial
import Testing

/// How geometries lie to footprints, which are rectangles (REST API 1.10).
struct GeometryRelationTests {
  static let relations: [SpatialRelation] = [.intersects, .contains, .within, .crosses, .overlaps, .touches]

  /// The relations in which a geometry stands to the square from (0, 0) to (10, 10).
  func relations(of geometry: Geometry) throws -> [SpatialRelation] {
    try Self.relations.filter { try GeometryRelation(of: geometry, $0).holds(for: .envelope(box(0, 0, 10, 10))) }
  }

  static let figures: [(Geometry, [SpatialRelation])] = [
    (.point(Point(x: 5, y: 5)), [.intersects, .within]),
    (.point(Point(x: 10, y: 5)), [.intersects, .touches]),
    (.point(Point(x: 10.01, y: 5)), []),
    (.multipoint([Point(x: 5, y: 5), Point(x: 20, y: 5)]), [.intersects, .crosses]),
    (.multipoint([Point(x: 5, y: 5), Point(x: 10, y: 10)]), [.intersects, .within]),
    (.multipoint([Point(x: 10, y: 5), Point(x: 20, y: 5)]), [.intersects, .touches]),
    (.polyline([line(-5, 5, 15, 5)]), [.intersects, .crosses]),
    (.polyline([line(1, 1, 9, 9)]), [.intersects, .within]),
    (.polyline([line(0, 0, 0, 10)]), [.intersects, .touches]),
    (.polyline([line(-5, 5, 0, 5)]), [.intersects, .touches]),
    (.polyline([line(-5, 5, -1, 5), line(20, 20, 30, 30)]), []),
    (.envelope(box(0, 0, 10, 10)), [.intersects, .contains, .within]),
    (.envelope(box(-1, -1, 11, 11)), [.intersects, .contains]),
    (.envelope(box(1, 1, 10, 9)), [.intersects, .within]),
    (.envelope(box(5, 5, 15, 15)), [.intersects, .overlaps]),
    (.envelope(box(10, 0, 20, 10)), [.intersects, .touches]),
    (.envelope(box(10, 10, 20, 20)), [.intersects, .touches]),
    (.envelope(box(10.5, 0, 20, 10)), []),
    // Envelopes without an area are lines and points.
    (.envelope(box(5, -5, 5, 15)), [.intersects, .crosses]),
    (.envelope(box(5, 5, 5, 5)), [.intersects, .within]),
    (.polygon([ring(box(5, 5, 15, 15))]), [.intersects, .overlaps]),
    // A frame around the square, and one that begins at its edge.
    (.polygon([ring(box(-20, -20, 30, 30)), ring(box(-10, -10, 20, 20))]), []),
    (.polygon([ring(box(-20, -20, 30, 30)), ring(box(0, 0, 10, 10))]), [.intersects, .touches]),
    // A hole in the square's middle.
    (.polygon([ring(box(-20, -20, 30, 30)), ring(box(4, 4, 6, 6))]), [.intersects, .overlaps]),
    // An island in the hole: within three rings.
    (
      .polygon([ring(box(-20, -20, 30, 30)), ring(box(-10, -10, 20, 20)), ring(box(2, 2, 8, 8))]),
      [.intersects, .overlaps]
    ),
    // Two rings that overlap: what both hold is outside. Here that is the square from (0, 0) to (10, 10).
    (.polygon([ring(box(-10, 0, 10, 10)), ring(box(0, 0, 20, 10))]), [.intersects, .touches]),
    // Of these two the first alone holds it; cut at their crossings they are two areas.
    (.polygon([ring(box(-50, -50, 30, 50)), ring(box(20, -40, 80, 40))]), [.intersects, .contains]),
    // Two that share a part of an edge, right through it, are one.
    (.polygon([ring(box(-50, -50, 5, 50)), ring(box(5, -40, 80, 40))]), [.intersects, .contains]),
    // A bow tie whose sides cross in (5, 5): its two triangles are inside.
    (
      .polygon([[Point(x: 1, y: 1), Point(x: 9, y: 9), Point(x: 9, y: 1), Point(x: 1, y: 9), Point(x: 1, y: 1)]]),
      [.intersects, .within]
    ),
    // A ring without an area is a line.
    (.polygon([line(-5, 5, 15, 5) + [Point(x: -5, y: 5)]]), [.intersects, .crosses]),
  ]

  @Test(arguments: figures)
  func `relations are those of the figures, rings filled by turns`(
    geometry: Geometry, expected: [SpatialRelation]
  ) throws {
    #expect(try relations(of: geometry) == expected)
    // Directions of rings mean nothing.
    guard case .polygon(let rings) = geometry else { return }
    #expect(try relations(of: .polygon(rings.map { $0.reversed() })) == expected)
  }

  @Test func `relations are those that OGR finds`() throws {
    var generator = Numbers()
    var geometries: [Geometry] = []
    // On a grid of 8 x 8, so that corners and edges meet often.
    func point() -> Point { Point(x: Double(generator.next(9)), y: Double(generator.next(9))) }
    for _ in 0..<150 {
      let corners = (point(), point(), point())
      geometries.append(.multipoint([corners.0, corners.1]))
      if corners.0 != corners.1 { geometries.append(.polyline([[corners.0, corners.1]])) }
      let area = { (a: Point, b: Point, c: Point) in (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y) }
      if area(corners.0, corners.1, corners.2) != 0 {
        geometries.append(.polygon([[corners.0, corners.1, corners.2, corners.0]]))
      }
      let envelope = Envelope(around: [corners.0, corners.1])
      if envelope.width > 0, envelope.height > 0 { geometries.append(.envelope(envelope)) }
    }
    let footprints = [box(2, 2, 6, 6), box(0, 0, 4, 8), box(3, 1, 5, 2)]
    let text = try TemporaryFile(geometries.map { wkt($0) + "\n" }.joined())
    let names = ["Intersects", "Contains", "Within", "Crosses", "Overlaps", "Touches"]
    let script = try TemporaryFile(
      """
      from osgeo import ogr
      shapes = [ogr.CreateGeometryFromWkt(line) for line in open('\(text.path)')]
      for target in [\(footprints.map { "'\(wkt(.envelope($0)))'" }.joined(separator: ", "))]:
          other = ogr.CreateGeometryFromWkt(target)
          for shape in shapes:
              print(''.join(str(int(getattr(shape, name)(other))) for name in \(names)))
      """)
    let lines = try GDALTransform.run("/usr/bin/python3 \(script.path)").split(separator: "\n")
    try #require(lines.count == geometries.count * footprints.count)
    for (row, footprint) in footprints.enumerated() {
      for (column, geometry) in geometries.enumerated() {
        let found = try Self.relations.map { relation in
          try GeometryRelation(of: geometry, relation).holds(for: .envelope(footprint)) ? "1" : "0"
        }.joined()
        #expect(found == lines[row * geometries.count + column], "\(wkt(geometry)) to \(wkt(.envelope(footprint)))")
      }
    }
  }

  @Test(arguments: [
    // Interiors meet; interiors don't, boundaries do; nothing in common; equal.
    ("T********", [true, false, false, true]), ("FF*FT****", [false, true, false, false]),
    ("FF*FF****", [false, false, true, false]), ("T*F**FFF*", [false, false, false, true]),
    ("2********", [true, false, false, true]), ("****1****", [false, true, false, true]),
    ("*********", [true, true, true, true]), ("t*t***t**", [true, false, false, false]),
  ])
  func `a pattern is held against the nine intersections`(text: String, expected: [Bool]) throws {
    let pattern = SpatialRelation.pattern(try #require(RelationPattern(text)))
    let relation = try GeometryRelation(of: .envelope(box(0, 0, 10, 10)), pattern)
    let others = [box(5, 5, 15, 15), box(10, 0, 20, 10), box(30, 30, 40, 40), box(0, 0, 10, 10)]
    #expect(try others.map { try relation.holds(for: .envelope($0)) } == expected)
    #expect(pattern.holdsApart == (expected[2] || text == "*********"))
  }

  @Test(arguments: ["", "T*", "T*********", "X********", "TTTTTTTT3", "ÄTTTTTTT"])
  func `what is no pattern`(text: String) { #expect(RelationPattern(text) == nil) }

  @Test func `a geometry of many points is held against many footprints`() throws {
    // A circle about (0, 0) of radius 100: cells with all corners inside are contained, cells that it meets intersect.
    let circle = (0..<50_000).map { step in
      let angle = Double(step) / 50_000 * 2 * Double.pi
      return Point(x: 100 * cos(angle), y: 100 * sin(angle))
    }
    let geometry = Geometry.polygon([circle + [circle[0]]])
    let contains = try GeometryRelation(of: geometry, .contains)
    let intersects = try GeometryRelation(of: geometry, .intersects)
    for column in -11..<11 {
      for row in -11..<11 {
        let (west, south) = (Double(column) * 10, Double(row) * 10)
        let cell = box(west, south, west + 10, south + 10)
        let distances = cell.ring.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }
        let near = Point(x: max(cell.xmin, min(0, cell.xmax)), y: max(cell.ymin, min(0, cell.ymax)))
        let nearest = (near.x * near.x + near.y * near.y).squareRoot()
        // Corners on the circle, such as (60, 80), may go either way.
        guard !distances.contains(where: { abs($0 - 100) < 0.01 }), abs(nearest - 100) > 0.01 else { continue }
        #expect(try contains.holds(for: .envelope(cell)) == distances.allSatisfy { $0 < 100 })
        #expect(try intersects.holds(for: .envelope(cell)) == (nearest < 100))
      }
    }
  }

  @Test func `tangles are refused rather than cut`() throws {
    var generator = Numbers()
    let points = (0..<50_000).map { _ in
      Point(x: Double(generator.next(100_000)), y: Double(generator.next(100_000)))
    }
    for geometry in [Geometry.polyline([points]), .polygon([points + [points[0]]])] {
      #expect(throws: SpatialError.tooIntricate) { try GeometryRelation(of: geometry, .intersects) }
    }
    // Points are no tangle.
    #expect(try GeometryRelation(of: .multipoint(points), .intersects).holds(for: .envelope(box(0, 0, 1e5, 1e5))))
  }

  @Test func `patterns of large geometries end`() throws {
    // A comb whose teeth end in every one of the cells that it is held against.
    let teeth = (0..<5000).flatMap { tooth in
      [Point(x: Double(tooth), y: 0), Point(x: Double(tooth) + 0.5, y: 1000)]
    }
    let comb = Geometry.polygon([[Point(x: 0, y: -1)] + teeth + [Point(x: 5000, y: -1), Point(x: 0, y: -1)]])
    let relation = try GeometryRelation(of: comb, .pattern(try #require(RelationPattern("T********"))))
    #expect(throws: SpatialError.tooIntricate) {
      for row in 0..<1000 { _ = try relation.holds(for: .envelope(box(0.1, Double(row), 1, Double(row) + 1))) }
    }
  }
}

private func line(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> [Point] {
  [Point(x: x0, y: y0), Point(x: x1, y: y1)]
}

private func ring(_ envelope: Envelope) -> [Point] { envelope.ring }

private func wkt(_ geometry: Geometry) -> String {
  func list(_ points: [Point]) -> String { points.map { "\($0.x) \($0.y)" }.joined(separator: ", ") }
  switch geometry {
  case .point(let point): return "POINT (\(point.x) \(point.y))"
  case .multipoint(let points): return "MULTIPOINT (\(list(points)))"
  case .polyline(let paths): return "MULTILINESTRING (\(paths.map { "(\(list($0)))" }.joined(separator: ", ")))"
  case .polygon(let rings): return "POLYGON (\(rings.map { "(\(list($0)))" }.joined(separator: ", ")))"
  case .envelope(let envelope): return "POLYGON ((\(list(envelope.ring))))"
  }
}

/// Numbers that look random and are the same in every run.
private struct Numbers {
  private var state: UInt64 = 42

  mutating func next(_ bound: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % bound
  }
}
