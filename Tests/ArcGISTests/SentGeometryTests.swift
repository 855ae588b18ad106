@testable import ArcGIS
import JSONValue
import Spatial
import Testing

@Suite("Geometries are read as clients send them")
struct SentGeometryTests {
  func geometry(_ text: String, _ type: GeometryType) -> Geometry? {
    ParameterType<UnreadGeometry>.geometry.parse(text).flatMap { try? SentGeometry($0, as: type) }?.geometry
  }

  @Test("in the simple and in the JSON form")
  func forms() {
    #expect(geometry("1,-2", .point) == .point(Point(x: 1, y: -2)))
    #expect(geometry(#"{"X":"1","y":-2,"z":5}"#, .point) == .point(Point(x: 1, y: -2)))
    #expect(geometry("3,4,1,2", .envelope) == .envelope(Envelope(xmin: 1, ymin: 2, xmax: 3, ymax: 4)))
    #expect(
      geometry("{xmin:1,ymin:2,xmax:3,ymax:4}", .envelope) == .envelope(Envelope(xmin: 1, ymin: 2, xmax: 3, ymax: 4)))
    let (a, b, c) = (Point(x: 0, y: 0), Point(x: 0, y: 1), Point(x: 1, y: 1))
    #expect(geometry(#"{"points":[[0,0],[0,1,9]]}"#, .multipoint) == .multipoint([a, b]))
    #expect(geometry(#"{"hasZ":true,"paths":[[[0,0,1],[0,1,2]]]}"#, .polyline) == .polyline([[a, b]]))
    // A ring that is not closed is closed.
    #expect(geometry(#"{"rings":[[[0,0],[0,1],[1,1]]]}"#, .polygon) == .polygon([[a, b, c, a]]))
    #expect(
      geometry(#"{"rings":[[[0,0],[0,1],[1,1],[0,0]]],"curveRings":null}"#, .polygon) == .polygon([[a, b, c, a]]))
  }

  @Test("with their own spatial reference, where they say one")
  func references() throws {
    let text = #"{"x":1,"y":2,"spatialReference":{"wkid":102100,"latestWkid":3857}}"#
    let unread = try #require(ParameterType<UnreadGeometry>.geometry.parse(text))
    #expect(try SentGeometry(unread, as: .point).spatialReference == .webMercator)
    #expect(try SentGeometry(.numbers([1, 2]), as: .point).spatialReference == nil)
    let unknown = try #require(
      ParameterType<UnreadGeometry>.geometry.parse(#"{"x":1,"y":2,"spatialReference":{"wkid":1}}"#))
    #expect(throws: SentGeometry.Problem.self) { try SentGeometry(unknown, as: .point) }
  }

  @Test("rings are written as Esri and as RFC 7946 have them, whatever way they ran")
  func writing() {
    let ring = Envelope(xmin: 0, ymin: 0, xmax: 1, ymax: 2).ring
    let clockwise: JSON = [[[0, 0], [0, 2], [1, 2], [1, 0], [0, 0]]]
    let counter: JSON = [[[0, 0], [1, 0], [1, 2], [0, 2], [0, 0]]]
    for points in [ring, ring.reversed()] {
      #expect(Geometry.polygon([points]).rings(clockwise: true)?.text() == clockwise.text())
      #expect(Geometry.polygon([points]).rings(clockwise: false)?.text() == counter.text())
    }
    #expect(Geometry.point(Point(x: 0, y: 0)).rings(clockwise: true) == nil)
    #expect(1.23456.rounded(to: 2) == 1.23 && (-1.5).rounded(to: 0) == -2 && 1e300.rounded(to: 17) == 1e300)
  }

  @Test("a part of a path is a number only where it is whole and has no sign")
  func paths() {
    let pattern: PathPattern = "{#rasterId}/info"
    #expect(pattern.match(["12", "INFO"]) == ["rasterId": "12"])
    for path in [["x", "info"], ["-1", "info"], ["", "info"], ["1"], ["1", "info", "y"], ["١", "info"]] {
      #expect(pattern.match(path[...]) == nil)
    }
    #expect(pattern.path(["rasterId": "12"]) == "12/info" && pattern.template == "{rasterId}/info")
    #expect(!pattern.isFixed && ("keyProperties" as PathPattern).isFixed)
    #expect(("tile/{level}/{*rest}" as PathPattern).path(["level": "a b", "rest": "c/d"]) == "tile/a%20b/c/d")
  }
}
