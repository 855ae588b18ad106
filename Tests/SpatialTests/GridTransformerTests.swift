import Spatial
import Testing

/// Pixels are mapped as GDAL maps them, to a thousandth of a source pixel, whatever way is taken inside.
struct GridTransformerTests {
  /// A picture of a source: `picture` in the reference of `target`, 200 x 150 pixels, onto `ground` in the reference of
  /// `source`, with pixels of `pixel` units.
  struct Case: CustomTestStringConvertible, Sendable {
    var target: String
    var picture: Envelope
    var source: String
    var ground: Envelope
    var pixel: Double
    var testDescription: String { "\(target) over \(source)" }
  }

  static func box(_ xmin: Double, _ ymin: Double, _ xmax: Double, _ ymax: Double) -> Envelope {
    Envelope(xmin: xmin, ymin: ymin, xmax: xmax, ymax: ymax)
  }

  static let world = box(-180, -90, 180, 90)

  static let general = [
    // State plane in feet under Web Mercator, at street and at state scale.
    Case(
      target: "EPSG:3857", picture: box(-8_766_000, 4_270_000, -8_765_000, 4_270_750),
      source: "EPSG:2264", ground: box(2_060_000, 720_000, 2_120_000, 760_000), pixel: 1),
    Case(
      target: "EPSG:3857", picture: box(-9_390_000, 4_000_000, -8_390_000, 4_750_000),
      source: "EPSG:2264", ground: box(400_000, 0, 3_100_000, 1_100_000), pixel: 100),
    // A continent at once.
    Case(
      target: "ESRI:102009", picture: box(-4_000_000, -2_500_000, 3_000_000, 2_750_000),
      source: "EPSG:4326", ground: world, pixel: 0.05),
    Case(
      target: "EPSG:3857", picture: box(-2_000_000, 4_000_000, 5_000_000, 9_250_000),
      source: "EPSG:3035", ground: box(900_000, 900_000, 7_400_000, 5_500_000), pixel: 1000),
    Case(
      target: "EPSG:4326", picture: box(-18, 14, -12, 18.5),
      source: "EPSG:32628", ground: box(170_000, 1_500_000, 830_000, 2_100_000), pixel: 10),
    Case(
      target: "EPSG:4674", picture: box(-36, -10, -34, -8.5),
      source: "EPSG:31985", ground: box(170_000, 8_800_000, 330_000, 9_100_000), pixel: 30),
    // Another datum: a seven parameter shift besides the projection.
    Case(
      target: "EPSG:3857", picture: box(1_580_000, 6_300_000, 1_620_000, 6_330_000),
      source: "EPSG:5514", ground: box(-850_000, -1_200_000, -700_000, -1_000_000), pixel: 5),
    // The pole in the middle, longitudes jump along a line from it.
    Case(
      target: "EPSG:3413", picture: box(-2_000_000, -1_500_000, 2_000_000, 1_500_000),
      source: "EPSG:4326", ground: world, pixel: 0.25),
    Case(
      target: "EPSG:4326", picture: box(-100, 60, -20, 89),
      source: "EPSG:3413", ground: box(-3_850_000, -5_350_000, 3_750_000, 5_850_000), pixel: 2500),
    Case(
      target: "ESRI:54030", picture: box(-17_100_000, -8_650_000, 17_100_000, 8_650_000),
      source: "EPSG:4326", ground: world, pixel: 0.1),
    Case(
      target: "EPSG:2264", picture: box(1_000_000, 200_000, 1_400_000, 500_000),
      source: "EPSG:4326", ground: world, pixel: 0.001),
  ]

  static let separable = [
    Case(
      target: "EPSG:3857", picture: box(-2_226_389, 3_503_549, 4_452_779, 11_068_715),
      source: "EPSG:4326", ground: world, pixel: 0.1),
    Case(
      target: "EPSG:3857", picture: box(-20_037_508, -20_037_508, 20_037_508, 20_037_508),
      source: "EPSG:4326", ground: world, pixel: 0.1),
    Case(
      target: "EPSG:4326", picture: box(-10, 35, 30, 65),
      source: "EPSG:3857", ground: box(-20_037_508, -20_037_508, 20_037_508, 20_037_508), pixel: 10_000),
    Case(
      target: "ESRI:54004", picture: box(-5_000_000, -5_000_000, 5_000_000, 2_500_000),
      source: "EPSG:4326", ground: world, pixel: 0.1),
    Case(
      target: "EPSG:3857", picture: box(-5_000_000, -5_000_000, 5_000_000, 2_500_000),
      source: "ESRI:54004", ground: box(-20_037_508, -20_000_000, 20_037_508, 20_000_000), pixel: 5000),
    Case(
      target: "EPSG:4326", picture: box(-180, -90, 180, 90),
      source: "EPSG:4087", ground: box(-20_037_508, -10_018_754, 20_037_508, 10_018_754), pixel: 20_000),
    // The Pacific in the middle: the antimeridian is within the picture.
    Case(
      target: "EPSG:3832", picture: box(-10_000_000, -5_000_000, 10_000_000, 5_000_000),
      source: "EPSG:4326", ground: world, pixel: 0.1),
  ]

  @Test(arguments: general)
  func `a curved mapping is within a thousandth of a source pixel of the exact one`(_ test: Case) throws {
    let transformer = try check(test)
    guard case .general = transformer.mapping else {
      Issue.record("\(test.testDescription) is not separable")
      return
    }
  }

  @Test(arguments: separable)
  func `a separable mapping is exact`(_ test: Case) throws {
    let transformer = try check(test)
    guard case .separable(let tables) = transformer.mapping else {
      Issue.record("\(test.testDescription) is separable")
      return
    }
    #expect(tables.xs.count == 200 && tables.ys.count == 150)
  }

  /// Compares random pixels with what gdaltransform says.
  private func check(_ test: Case) throws -> GridTransformer {
    let width = 200
    let height = 150
    let target = PixelGrid(
      envelope: test.picture, width: width, height: height, spatialReference: try reference(test.target))
    let source = PixelGrid(
      originX: test.ground.xmin, originY: test.ground.ymax, pixelWidth: test.pixel, pixelHeight: test.pixel,
      width: Int(test.ground.width / test.pixel), height: Int(test.ground.height / test.pixel),
      spatialReference: try reference(test.source))
    let transformer = try GridTransformer(from: target, to: source)

    var pixels: [(column: Int, row: Int)] = [(0, 0), (199, 0), (0, 149), (199, 149)]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1500 {
      pixels.append((.random(in: 0..<width, using: &random), .random(in: 0..<height, using: &random)))
    }
    let places = pixels.map { pixel in
      Point(
        x: test.picture.xmin + (Double(pixel.column) + 0.5) * test.picture.width / Double(width),
        y: test.picture.ymax - (Double(pixel.row) + 0.5) * test.picture.height / Double(height))
    }
    let expected = try GDALTransform.points(places, from: test.target, to: test.source)

    var compared = 0
    for (pixel, truth) in zip(pixels, expected) {
      var xs = [0.0]
      var ys = [0.0]
      var xSpan = xs.mutableSpan
      var ySpan = ys.mutableSpan
      transformer.row(pixel.row, columns: pixel.column..<(pixel.column + 1), xs: &xSpan, ys: &ySpan)
      let x = (truth.x - test.ground.xmin) / test.pixel
      let y = (test.ground.ymax - truth.y) / test.pixel
      if xs[0].isNaN, !x.isNaN {
        // Far outside of the raster a mapping needs not say where.
        #expect(x < -16 || y < -16 || x > Double(source.width) + 16 || y > Double(source.height) + 16, "\(pixel)")
        continue
      }
      guard !x.isNaN else {
        #expect(xs[0].isNaN && ys[0].isNaN, "\(pixel) has no place")
        continue
      }
      let miss = max((xs[0] - x).magnitude, (ys[0] - y).magnitude)
      #expect(miss < 0.001, "\(pixel): \(xs[0]), \(ys[0]) for \(x), \(y)")
      compared += 1
    }
    #expect(compared > 300)
    return transformer
  }

  private func reference(_ text: String) throws -> SpatialReference {
    let code = try #require(text.split(separator: ":").last.flatMap { Int($0) })
    return try SpatialReference(wkid: code)
  }

  @Test func `within one reference pixels are mapped by an offset and a scale`() throws {
    let target = PixelGrid(
      envelope: Self.box(100, 200, 140, 220), width: 10, height: 10, spatialReference: .webMercator)
    let source = PixelGrid(
      originX: 90, originY: 230, pixelWidth: 2, pixelHeight: 1, width: 100, height: 100,
      spatialReference: try SpatialReference(wkid: 102113))
    let transformer = try GridTransformer(from: target, to: source)
    guard case .affine(let affine) = transformer.mapping else {
      Issue.record("one reference under two codes")
      return
    }
    // Pixels of 4 x 2 on pixels of 2 x 1; the western edge is 10 units or 5 columns in, the northern one 10 rows down.
    #expect(affine.scaleX == 2 && affine.scaleY == 2 && affine.originX == 5 && affine.originY == 10)
    #expect(transformer.scale == (2, 2))
    #expect(read(transformer, row: 3, columns: 1..<3).xs == [8, 10])
    #expect(read(transformer, row: 3, columns: 1..<3).ys == [17, 17])
    #expect(
      transformer.sourceWindow(rows: 2..<4)
        == SourceWindow(columns: 6...24, rows: 15...17))
  }

  @Test func `beyond 180 degrees there is nothing`() throws {
    let target = PixelGrid(
      envelope: Self.box(-30_000_000, -10_000_000, 30_000_000, 10_000_000), width: 60, height: 20,
      spatialReference: .webMercator)
    let source = PixelGrid(
      envelope: Self.world, width: 360, height: 180, spatialReference: .wgs84)
    let row = read(try GridTransformer(from: target, to: source), row: 10, columns: 0..<60)
    // A column is 1,000 km: 20 of them and a half from the centre lie beyond 20,037,508 m.
    for column in 0..<60 {
      let x = -30_000_000 + (Double(column) + 0.5) * 1_000_000
      #expect(row.xs[column].isNaN == (x.magnitude > 20_037_508.34), "column \(column)")
    }
  }

  @Test func `nothing is drawn beside the map of a whole world`() throws {
    // Sinusoidal: at latitude 60 the world is half as wide as at the equator.
    let target = PixelGrid(
      envelope: Self.box(-20_040_000, 6_640_000, 20_040_000, 6_660_000), width: 400, height: 1,
      spatialReference: try SpatialReference(wkid: 54008))
    let source = PixelGrid(envelope: Self.world, width: 360, height: 180, spatialReference: .wgs84)
    let row = read(try GridTransformer(from: target, to: source), row: 0, columns: 0..<400)
    let valid = row.xs.indices.filter { !row.xs[$0].isNaN }
    // y = 6,650,000 m is latitude 59.97 on the ellipsoid, where half a parallel is 10,037 km: columns 99.8 to 300.2.
    #expect(valid == Array(100..<300))
  }

  @Test func `the scale says how many source pixels a target pixel is wide and high`() throws {
    let source = PixelGrid(envelope: Self.world, width: 3600, height: 1800, spatialReference: .wgs84)
    // At the equator a degree is 111,319.49 m: a pixel of 111,319.49 m is 10 of 0.1 degrees.
    let equator = try GridTransformer(
      from: PixelGrid(
        envelope: Self.box(-1_113_194.9, -1_113_194.9, 1_113_194.9, 1_113_194.9), width: 20, height: 20,
        spatialReference: .webMercator), to: source)
    #expect((equator.scale.x - 10).magnitude < 1e-5)
    #expect((equator.scale.y - 10).magnitude < 0.1)
    let nowhere = try GridTransformer(
      from: PixelGrid(
        envelope: Self.box(1e8, 1e8, 2e8, 2e8), width: 20, height: 20,
        spatialReference: try SpatialReference(wkid: 54030)), to: source)
    #expect(nowhere.scale.x.isNaN)
    #expect(nowhere.sourceWindow(rows: 0..<20) == nil)
    let row = read(nowhere, row: 3, columns: 0..<20)
    #expect(row.xs.allSatisfy { $0.isNaN } && row.ys.allSatisfy { $0.isNaN })
  }

  @Test func `of a small raster in a picture of the world its own scale counts, and its pixels are found`() throws {
    // A tile of zone 33 at 60 degrees north: 100 km of it are 1.8 degrees of longitude, 1.8 pixels of the picture.
    let target = PixelGrid(envelope: Self.world, width: 360, height: 180, spatialReference: .wgs84)
    let source = PixelGrid(
      originX: 450_000, originY: 6_700_000, pixelWidth: 100, pixelHeight: 100, width: 1000, height: 1000,
      spatialReference: try SpatialReference(wkid: 32633))
    let transformer = try GridTransformer(from: target, to: source)
    // A degree of longitude at 60 degrees is 55,800 m long on the ellipsoid, one of latitude 111,412 m; zone 33 shrinks them
    // to 0.9996.
    #expect((transformer.scale.x - 558).magnitude < 10 && (transformer.scale.y - 1114).magnitude < 2)
    // The pixel from 15 to 16 degrees east and 59 to 60 degrees north.
    let truth = try #require(
      try GDALTransform.points([Point(x: 15.5, y: 59.5)], from: "EPSG:4326", to: "EPSG:32633").first)
    let row = read(transformer, row: 30, columns: 0..<360)
    #expect((row.xs[195] - (truth.x - 450_000) / 100).magnitude < 0.05)
    #expect((row.ys[195] - (6_700_000 - truth.y) / 100).magnitude < 0.05)
  }

  @Test(arguments: general + separable)
  func `the source window holds every pixel of its rows`(_ test: Case) throws {
    let target = PixelGrid(
      envelope: test.picture, width: 120, height: 90, spatialReference: try reference(test.target))
    let source = PixelGrid(
      originX: test.ground.xmin, originY: test.ground.ymax, pixelWidth: test.pixel, pixelHeight: test.pixel,
      width: Int(test.ground.width / test.pixel),
      height: Int(test.ground.height / test.pixel), spatialReference: try reference(test.source))
    let transformer = try GridTransformer(from: target, to: source)
    for rows in [0..<90, 40..<50] {
      guard let window = transformer.sourceWindow(rows: rows) else {
        Issue.record("a window")
        continue
      }
      for row in rows {
        let found = read(transformer, row: row, columns: 0..<120)
        for (x, y) in zip(found.xs, found.ys) where !x.isNaN {
          #expect(window.columns.contains(x) && window.rows.contains(y))
        }
      }
    }
  }

  @Test func `a part of a row is what the whole row says there`() throws {
    let test = Self.general[7]
    let transformer = try GridTransformer(
      from: PixelGrid(envelope: test.picture, width: 200, height: 150, spatialReference: try reference(test.target)),
      to: PixelGrid(envelope: test.ground, width: 1440, height: 720, spatialReference: .wgs84))
    for row in [0, 74, 75, 149] {
      let whole = read(transformer, row: row, columns: 0..<200)
      for columns in [0..<1, 3..<140, 99..<101, 199..<200] {
        let part = read(transformer, row: row, columns: columns)
        for (place, column) in columns.enumerated() {
          #expect((part.xs[place] - whole.xs[column]).magnitude < 1e-9)
          #expect((part.ys[place] - whole.ys[column]).magnitude < 1e-9)
        }
      }
    }
  }

  @Test func `many threads may read one transformer`() async throws {
    let test = Self.general[2]
    let transformer = try GridTransformer(
      from: PixelGrid(envelope: test.picture, width: 200, height: 150, spatialReference: try reference(test.target)),
      to: PixelGrid(envelope: test.ground, width: 7200, height: 3600, spatialReference: .wgs84))
    let once = (0..<150).map { read(transformer, row: $0, columns: 0..<200).xs }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<150).allSatisfy { read(transformer, row: $0, columns: 0..<200).xs == once[$0] } }
      }
      for await same in group { #expect(same) }
    }
  }
}

private func read(_ transformer: GridTransformer, row: Int, columns: Range<Int>) -> (xs: [Double], ys: [Double]) {
  var xs = [Double](repeating: 0, count: columns.count)
  var ys = xs
  var xSpan = xs.mutableSpan
  var ySpan = ys.mutableSpan
  transformer.row(row, columns: columns, xs: &xSpan, ys: &ySpan)
  return (xs, ys)
}
