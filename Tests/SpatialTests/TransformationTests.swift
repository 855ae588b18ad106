import Spatial
import Testing

/// Points come to lie where GDAL's command line puts them.
struct TransformationTests {
  @Test(arguments: [
    ("EPSG:4326", 3857, Envelope(xmin: -179, ymin: -85, xmax: 179, ymax: 85)),
    ("EPSG:4326", 102009, Envelope(xmin: -150, ymin: 10, xmax: -50, ymax: 80)),
    ("EPSG:4326", 54004, Envelope(xmin: -179, ymin: -80, xmax: 179, ymax: 80)),
    ("EPSG:4326", 32628, Envelope(xmin: -20, ymin: 0, xmax: -10, ymax: 80)),
    ("EPSG:4326", 31985, Envelope(xmin: -37, ymin: -20, xmax: -30, ymax: 0)),
    ("EPSG:4326", 5514, Envelope(xmin: 13, ymin: 49, xmax: 18, ymax: 50.5)),
    ("EPSG:4326", 2264, Envelope(xmin: -84, ymin: 33, xmax: -75, ymax: 37)),
    ("EPSG:4326", 3035, Envelope(xmin: -15, ymin: 30, xmax: 45, ymax: 70)),
    ("EPSG:4326", 3413, Envelope(xmin: -179, ymin: 50, xmax: 179, ymax: 90)),
    ("EPSG:4326", 54030, Envelope(xmin: -179, ymin: -89, xmax: 179, ymax: 89)),
    ("EPSG:3857", 5514, Envelope(xmin: 1_500_000, ymin: 6_300_000, xmax: 2_000_000, ymax: 6_500_000)),
    ("EPSG:3857", 2264, Envelope(xmin: -9_400_000, ymin: 4_000_000, xmax: -8_300_000, ymax: 4_400_000)),
  ])
  func `points come to lie where gdaltransform puts them, and back`(
    source: String, code: Int, box: Envelope
  ) throws {
    let from = try SpatialReference(wkid: try #require(Int(source.dropFirst(5))))
    let to = try SpatialReference(wkid: code)
    var points: [Point] = []
    for _ in 0..<100 {
      points.append(Point(x: .random(in: box.xmin...box.xmax), y: .random(in: box.ymin...box.ymax)))
    }
    let expected = try GDALTransform.points(points, from: source, to: to.definition)
    var xs = points.map(\.x)
    var ys = points.map(\.y)
    let transformation = try Transformation.between(from, to)
    transformation.transform(xs: &xs, ys: &ys)
    // gdaltransform prints 15 digits.
    for index in points.indices {
      #expect((xs[index] - expected[index].x).magnitude < 1e-5)
      #expect((ys[index] - expected[index].y).magnitude < 1e-5)
    }
    transformation.transform(xs: &xs, ys: &ys, direction: .inverse)
    // Some metres where PROJ has several datum shifts to choose from (S-JTSK), a centimetre elsewhere.
    let close = (code == 5514 ? 10 : 0.01) / from.metersPerUnit
    for index in points.indices {
      #expect((xs[index] - points[index].x).magnitude < close && (ys[index] - points[index].y).magnitude < close)
    }
  }

  @Test func `a point without a place is NaN, never infinite`() throws {
    var xs = [0, .infinity, .nan, 1e300, 0]
    var ys = [91, 0, 0, 1e300, 45]
    try Transformation.between(.wgs84, .webMercator).transform(xs: &xs, ys: &ys)
    #expect(xs[0..<3].allSatisfy { $0.isNaN } && ys[0..<3].allSatisfy { $0.isNaN })
    #expect(!xs[3].isInfinite && !ys[3].isInfinite)
    // ln(tan(67.5 degrees)) * 6378137 = 5621521.486
    #expect((ys[4] - 5_621_521.486192).magnitude < 1e-6)
  }

  @Test func `between the same references points stay to the bit`() throws {
    let transformation = try Transformation.between(.webMercator, SpatialReference(wkid: 102113))
    #expect(transformation.isIdentity)
    #expect(transformation.transform(Point(x: 0.1, y: 1e9)) == Point(x: 0.1, y: 1e9))
  }

  @Test func `between Earth and Moon there is no way`() throws {
    let moon = try SpatialReference(wkid: 104903)
    #expect(throws: SpatialError.self) { try Transformation.between(.wgs84, moon) }
  }

  @Test func `every thread has its own transformations, and they agree`() async throws {
    let lambert = try SpatialReference(wkid: 102009)
    let expected = try #require(
      try GDALTransform.points([Point(x: -80, y: 40)], from: "EPSG:4326", to: "ESRI:102009").first)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask {
          guard let place = try? Transformation.between(.wgs84, lambert).transform(Point(x: -80, y: 40)) else {
            return false
          }
          return (place.x - expected.x).magnitude < 1e-6 && (place.y - expected.y).magnitude < 1e-6
        }
      }
      for await agrees in group { #expect(agrees) }
    }
  }
}
