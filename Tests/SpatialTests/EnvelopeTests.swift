import Spatial
import Testing

/// The geometry of an answer's extent (REST API 1.3.2).
struct EnvelopeTests {
  @Test(arguments: [
    (box(0, 0, 200, 100), 100, 100, box(0, -50, 200, 150)),
    (box(0, 0, 100, 100), 200, 100, box(-50, 0, 150, 100)),
    (box(0, 0, 100, 200), 100, 100, box(-50, 0, 150, 200)),
  ])
  func `an envelope grows about its centre until pixels are square`(
    envelope: Envelope, width: Int, height: Int, expected: Envelope
  ) {
    #expect(envelope.fitted(toWidth: width, height: height) == expected)
  }

  @Test func `an envelope whose pixels are square stays as it is, to the bit`() {
    // A third can't be said in binary: 400 columns and 300 rows of it are not exactly of one size.
    let third = 1.0 / 3
    let envelope = box(0.1, 0.2, 0.1 + 400 * third, 0.2 + 300 * third)
    #expect(envelope.fitted(toWidth: 400, height: 300) == envelope)
    let nearly = box(0, 0, 100, 100 * (1 + 0.9e-9))
    #expect(nearly.fitted(toWidth: 50, height: 50) == nearly)
    let grown = box(0, 0, 200, 100).fitted(toWidth: 97, height: 89)
    #expect(grown.fitted(toWidth: 97, height: 89) == grown)
  }

  @Test func `a projected and fitted envelope is the one that a real server answered`() throws {
    // Captured from a server; it shifted datums another way, hence the 0.2 m.
    let fitted = try box(14.27636, 48.59091, 14.30624, 48.61069)
      .projected(from: .wgs84, to: SpatialReference(wkid: 5514)).fitted(toWidth: 1100, height: 1100)
    #expect((fitted.xmin + 776083.385).magnitude < 0.2)
    #expect((fitted.ymin + 1_206_734.540).magnitude < 0.2)
    #expect((fitted.xmax + 773596.944).magnitude < 0.2)
    #expect((fitted.ymax + 1_204_248.099).magnitude < 0.2)
  }

  @Test(arguments: [
    ("EPSG:4326", 3857, box(-20, 30, 40, 70)), ("EPSG:4326", 102009, box(-120, 20, -70, 60)),
    ("EPSG:4326", 3035, box(-10, 35, 30, 65)), ("EPSG:4326", 54030, box(-170, -80, 170, 80)),
    ("EPSG:3857", 2264, box(-9_000_000, 4_000_000, -8_500_000, 4_400_000)),
    ("EPSG:3857", 32628, box(-2_000_000, 1_000_000, -1_300_000, 5_000_000)),
  ])
  func `a projected envelope holds all that was in it, and little more`(
    source: String, code: Int, envelope: Envelope
  ) throws {
    let target = try SpatialReference(wkid: code)
    let projected = try envelope.projected(
      from: SpatialReference(wkid: try #require(Int(source.dropFirst(5)))), to: target)
    // 201 points along each edge, and 50 x 50 inside, put where gdaltransform says.
    var points: [Point] = []
    for step in 0...200 {
      let x = envelope.xmin + envelope.width * Double(step) / 200
      let y = envelope.ymin + envelope.height * Double(step) / 200
      points += [
        Point(x: x, y: envelope.ymin), Point(x: x, y: envelope.ymax), Point(x: envelope.xmin, y: y),
        Point(x: envelope.xmax, y: y),
      ]
    }
    for row in 0..<50 {
      for column in 0..<50 {
        points.append(
          Point(
            x: envelope.xmin + envelope.width * Double(column) / 50,
            y: envelope.ymin + envelope.height * Double(row) / 50))
      }
    }
    let places = try GDALTransform.points(points, from: source, to: target.definition)
    let xs = places.map(\.x)
    let ys = places.map(\.y)
    // Half a thousandth of the size is less than a pixel of most pictures.
    let slackX = projected.width / 2000
    let slackY = projected.height / 2000
    #expect((projected.xmin - (xs.min() ?? .nan)).magnitude < slackX)
    #expect((projected.xmax - (xs.max() ?? .nan)).magnitude < slackX)
    #expect((projected.ymin - (ys.min() ?? .nan)).magnitude < slackY)
    #expect((projected.ymax - (ys.max() ?? .nan)).magnitude < slackY)
  }

  @Test func `the whole world in Web Mercator ends where Esri ends it`() throws {
    let world = try box(-180, -90, 180, 90).projected(from: .wgs84, to: .webMercator)
    #expect((world.xmin + 20_037_508.342789).magnitude < 1e-4 && (world.xmax - 20_037_508.342789).magnitude < 1e-4)
    // Latitude 89: 6378137 ln(tan(89.5 degrees)).
    #expect((world.ymin + 30_240_971.958386).magnitude < 1e-4 && (world.ymax - 30_240_971.958386).magnitude < 1e-4)
  }

  @Test func `around a pole there are all longitudes`() throws {
    let polar = try SpatialReference(wkid: 3413)
    let around = try box(-1_000_000, -1_000_000, 2_000_000, 1_000_000).projected(from: polar, to: .wgs84)
    #expect(around.xmin == -180 && around.xmax == 180 && around.ymax == 90)
    // The farthest point is the corner (2000 km, 1000 km).
    let corner = try #require(
      try GDALTransform.points([Point(x: 2_000_000, y: 1_000_000)], from: "EPSG:3413", to: "EPSG:4326").first)
    #expect((around.ymin - corner.y).magnitude < 1e-6)
    // Beside the pole, but across the antimeridian: 3413 has 135 degrees east straight up.
    let across = try box(-500_000, 1_000_000, 500_000, 1_500_000)
      .projected(from: SpatialReference(wkid: 3832), to: .wgs84)
    #expect(across.xmax < 155)
    let pacific = try box(3_000_000, 0, 4_000_000, 1_000_000)
      .projected(from: SpatialReference(wkid: 3832), to: .wgs84)
    #expect(pacific.xmin == -180 && pacific.xmax == 180)
  }

  @Test func `what lies beyond the world is cut off, and what lies there alone is refused`() throws {
    let wide = try box(-25_000_000, -1_000_000, 25_000_000, 1_000_000).projected(from: .webMercator, to: .wgs84)
    #expect((wide.xmin + 180).magnitude < 1e-4 && (wide.xmax - 180).magnitude < 1e-4)
    #expect(throws: SpatialError.outsideDomain) {
      try box(30_000_000, 0, 31_000_000, 1000).projected(from: .webMercator, to: .wgs84)
    }
    #expect(throws: SpatialError.outsideDomain) {
      try box(.nan, 0, 1, 1).projected(from: .wgs84, to: .webMercator)
    }
  }

  @Test func `a single point has an envelope too`() throws {
    let point = try box(0, 0, 0, 0).projected(from: .wgs84, to: .webMercator)
    #expect(point.width == 0 && point.height.magnitude < 1e-6 && point.xmin.magnitude < 1e-6)
  }

  @Test func `envelopes that share an edge don't overlap`() {
    #expect(!box(0, 0, 1, 1).overlaps(box(1, 0, 2, 1)))
    #expect(box(0, 0, 1, 1).intersection(box(1, 0, 2, 1)) == nil)
    #expect(box(0, 0, 2, 2).intersection(box(1, 1, 3, 3)) == box(1, 1, 2, 2))
    #expect(box(0, 0, 1, 1).union(box(2, -1, 3, 0)) == box(0, -1, 3, 1))
    #expect(box(0, 0, 1, 1).contains(box(0, 0, 1, 1)))
  }
}

func box(_ xmin: Double, _ ymin: Double, _ xmax: Double, _ ymax: Double) -> Envelope {
  Envelope(xmin: xmin, ymin: ymin, xmax: xmax, ymax: ymax)
}
