import Glibc
import Spatial
import Testing

/// Geometries in other spatial references: corners go where PROJ puts them, edges follow the curves between.
struct GeometryProjectionTests {
  @Test(arguments: [
    (4326, 3035, box(-10, 35, 30, 65)), (4326, 32633, box(5, 40, 25, 60)), (3857, 4326, box(0, 0, 5e6, 8e6)),
  ])
  func `edges keep to the true curve`(source: Int, target: Int, envelope: Envelope) throws {
    let (from, to) = (try SpatialReference(wkid: source), try SpatialReference(wkid: target))
    let projected = try #require(try Geometry.envelope(envelope).projected(from: from, to: to))
    guard case .polygon(let rings) = projected, rings.count == 1 else {
      Issue.record("an envelope becomes one ring")
      return
    }
    #expect(rings[0].first == rings[0].last)
    // Where gdaltransform puts 101 points along each edge.
    let edges = zip(envelope.ring, envelope.ring.dropFirst()).flatMap { start, end in
      (0...100).map { step in
        let part = Double(step) / 100
        return Point(x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part)
      }
    }
    let places = try GDALTransform.points(edges, from: "EPSG:\(source)", to: "EPSG:\(target)")
    let size = max(projected.envelope.width, projected.envelope.height)
    for place in places { #expect(distance(from: place, to: rings[0]) < size / 9000) }
  }

  @Test func `straight edges get no vertices, and corners stay corners`() throws {
    let box = box(-30, -20, 40, 60)
    for target in [SpatialReference.webMercator, try SpatialReference(wkid: 54001)] {
      let projected = try Geometry.envelope(box).projected(from: .wgs84, to: target)
      guard case .polygon(let rings)? = projected else {
        Issue.record("an envelope becomes one ring")
        continue
      }
      #expect(rings[0].count == 5)
    }
    let corners = try GDALTransform.points(box.ring, from: "EPSG:4326", to: "EPSG:3857")
    let projected = try #require(try Geometry.envelope(box).projected(from: .wgs84, to: .webMercator))
    guard case .polygon(let rings) = projected else { return }
    for (corner, expected) in zip(rings[0], corners) {
      #expect(abs(corner.x - expected.x) < 1e-3 && abs(corner.y - expected.y) < 1e-3)
    }
  }

  @Test func `a coarser tolerance needs fewer vertices`() throws {
    let box = Geometry.envelope(box(-10, 35, 30, 65))
    let target = try SpatialReference(wkid: 3035)
    let fine = try #require(try box.projected(from: .wgs84, to: target, tolerance: 10))
    let coarse = try #require(try box.projected(from: .wgs84, to: target, tolerance: 10_000))
    #expect(fine.vertexCount > 2 * coarse.vertexCount && coarse.vertexCount > 5)
    #expect(try box.projected(from: .wgs84, to: target, tolerance: 1e9)?.vertexCount == 5)
  }

  @Test func `in its own reference a geometry stays as it is`() throws {
    let geometry = Geometry.polygon([box(0, 0, 1, 1).ring])
    #expect(try geometry.projected(from: .wgs84, to: .wgs84) == geometry)
  }

  @Test func `what a seam would tear, or has no place, is nothing`() throws {
    let polar = try SpatialReference(wkid: 3995)
    // Around the North Pole; beside it over the antimeridian; beside it on one side only.
    #expect(try Geometry.envelope(box(-1e6, -1e6, 1e6, 1e6)).projected(from: polar, to: .wgs84) == nil)
    #expect(try Geometry.envelope(box(-1e6, 2e6, 1e6, 3e6)).projected(from: polar, to: .webMercator) == nil)
    #expect(try Geometry.envelope(box(-1e6, -3e6, 1e6, -2e6)).projected(from: polar, to: .wgs84) != nil)
    // A line over the antimeridian, however short.
    let short = Geometry.polyline([[Point(x: 0, y: 2e6), Point(x: 1, y: 2e6)]])
    let across = Geometry.polyline([[Point(x: -1, y: 2e6), Point(x: 1, y: 2e6)]])
    #expect(try short.projected(from: polar, to: .wgs84) != nil)
    #expect(try across.projected(from: polar, to: .wgs84) == nil)
    // The other side of the Earth has no place in a UTM zone.
    #expect(
      try Geometry.envelope(box(-180, -90, 180, 90)).projected(from: .wgs84, to: SpatialReference(wkid: 32633)) == nil)
    #expect(try Geometry.point(Point(x: 0, y: 91)).projected(from: .wgs84, to: .webMercator) == nil)
  }

  @Test func `envelopes without an area become points and lines`() throws {
    guard case .point? = try Geometry.envelope(box(5, 5, 5, 5)).projected(from: .wgs84, to: .webMercator),
      case .polyline? = try Geometry.envelope(box(5, 5, 6, 5)).projected(from: .wgs84, to: .webMercator)
    else {
      Issue.record("neither point nor line")
      return
    }
  }

  private func distance(from point: Point, to line: [Point]) -> Double {
    zip(line, line.dropFirst()).map { start, end in
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let along = min(1, max(0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / (dx * dx + dy * dy)))
      return hypot(point.x - start.x - along * dx, point.y - start.y - along * dy)
    }.min() ?? .infinity
  }
}
