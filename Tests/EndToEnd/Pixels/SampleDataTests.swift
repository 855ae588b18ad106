import JSONValue
import Testing

@Suite("Pictures of the sample data are those of gdalwarp", .servingSampleData)
struct SampleDataTests {
  /// A service, what of it is drawn, and the file that it has to look like.
  struct Case: Sendable, CustomTestStringConvertible {
    var service: String
    var file: String
    var wkid: Int
    var target: String
    var window: Window
    var parameters: Parameters = [:]
    /// The overview that is read, for GDAL.
    var level = "None"
    var range = 255.0

    var testDescription: String { "\(service) in \(wkid), \(window.testDescription)" }
  }

  static let cases = [
    Case(
      service: "Landsat7", file: "Landsat7.ImageServer/olinda_l7_etm.tif", wkid: 31985, target: "EPSG:31985",
      window: Window(290_000, 9_112_000, 294_000, 9_116_000, 160, 160)),
    Case(
      service: "Landsat7", file: "Landsat7.ImageServer/olinda_l7_etm.tif", wkid: 3857, target: "EPSG:3857",
      window: Window(-3_884_000, -892_000, -3_880_000, -888_000, 171, 163)),
    Case(
      service: "Landsat7", file: "Landsat7.ImageServer/olinda_l7_etm.tif", wkid: 4326, target: "EPSG:4326",
      window: Window(-34.9, -8.02, -34.85, -7.97, 190, 190)),
    // 28.5 m to 85.5 m: 3 to 1, from the overview of factor 2.
    Case(
      service: "Landsat7", file: "Landsat7.ImageServer/olinda_l7_etm.tif", wkid: 31985, target: "EPSG:31985",
      window: Window(289_000, 9_111_000, 297_550, 9_119_550, 100, 100), level: "0"),
    Case(
      service: "Olinda/OlindaDEM", file: "Olinda/OlindaDEM.tif", wkid: 3857, target: "EPSG:3857",
      window: Window(-3_886_000, -894_000, -3_876_000, -884_000, 140, 150), range: 100),
    Case(
      service: "Elevation", file: "Elevation.ImageServer/jacksboro_srtm_3sec.tif", wkid: 3857, target: "EPSG:3857",
      window: Window(-9_390_000, 4_370_000, -9_370_000, 4_390_000, 230, 240),
      parameters: ["mosaicRule": #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[2]}"#], range: 700),
    Case(
      service: "Elevation", file: "Elevation.ImageServer/world_etopo5_10min.tif", wkid: 54030, target: "ESRI:54030",
      window: Window(-2_000_000, -2_000_000, 2_000_000, 2_000_000, 250, 250),
      parameters: ["mosaicRule": #"{"where":"Name = 'World'"}"#], range: 16000),
    // By LowPS, the finest raster is on top: over the Himalaya the one of 5 minutes.
    Case(
      service: "Elevation", file: "Elevation.ImageServer/himalaya_etopo5_5min.tif", wkid: 3857, target: "EPSG:3857",
      window: Window(8_500_000, 3_000_000, 10_000_000, 4_000_000, 220, 150), range: 9000),
    // North of 40 degrees Europe has no other continent above it.
    Case(
      service: "BlueMarble", file: "BlueMarble.ImageServer/europe.tif", wkid: 3857, target: "EPSG:3857",
      window: Window(0, 5_600_000, 2_000_000, 7_600_000, 270, 270)),
    Case(
      service: "BlueMarble", file: "BlueMarble.ImageServer/north_america.tif", wkid: 102009, target: "ESRI:102009",
      window: Window(-1_000_000, -800_000, 1_000_000, 800_000, 300, 240)),
  ]

  @Test("nearest is identical, bilinear and cubic are within a level or 1e-4 of the range", arguments: cases)
  func parity(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let file = "\(Program.sampleData)/\(example.file)"
    for (name, interpolation) in SingleRasterTests.kernels {
      let expected = try GDAL.shared.run(
        """
        give(*warp('\(file)', \(example.window.python), '\(example.target)', '\(name)', \(example.level)))
        give(settled('\(file)', \(example.window.python), '\(example.target)'))
        """, in: folder)
      let picture = try server().picture(
        example.service,
        example.window.parameters(example.wkid) + example.parameters + ["interpolation": interpolation])
      let difference = Difference(picture, expected[0], settled: expected[1])
      #expect(difference.outline == 0 && difference.common > 5000, "\(name): \(difference)")
      #expect(
        difference.greatest <= (name == "near" ? 0 : max(example.range == 100 ? 0 : 1, example.range * 1e-4)),
        "\(name): \(difference)")
    }
  }

  @Test(
    "nearest is identical in windows anywhere in a raster",
    arguments: [
      ("Elevation.ImageServer/himalaya_etopo5_5min.tif", "Elevation", 1),
      ("BlueMarble.ImageServer/africa.tif", "BlueMarble", 1),
      ("BlueMarble.ImageServer/oceania.tif", "BlueMarble", 5),
    ])
  func randomWindows(_ file: String, _ service: String, _ id: Int) throws {
    let path = "\(Program.sampleData)/\(file)"
    let outline = try GDAL.shared.run(
      """
      d = gdal.Open('\(path)')
      g = d.GetGeoTransform()
      give(np.array([[g[0], g[3] + g[5] * d.RasterYSize, g[0] + g[1] * d.RasterXSize, g[3], g[1]]]))
      """, in: try TemporaryFolder())[0].samples
    var random = SeededGenerator(seed: UInt64(id))
    for _ in 0..<4 {
      // Enlarged one to eight times, so that the base is read.
      let pixel = outline[4] / Double.random(in: 1...8, using: &random)
      let (width, height) = (Int.random(in: 30...120, using: &random), Int.random(in: 30...120, using: &random))
      let x = Double.random(in: outline[0]...(outline[2] - Double(width) * pixel), using: &random)
      let y = Double.random(in: outline[1]...(outline[3] - Double(height) * pixel), using: &random)
      let window = Window(x, y, x + Double(width) * pixel, y + Double(height) * pixel, width, height)
      let expected = try GDAL.shared.run(
        "give(*warp('\(path)', \(window.python), 'EPSG:4326', 'near'))", in: try TemporaryFolder())[0]
      let picture = try server().picture(
        service,
        window.parameters(4326) + [
          "interpolation": "RSP_NearestNeighbor",
          "mosaicRule": #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[\#(id)]}"#,
        ])
      let difference = Difference(picture, expected)
      #expect(difference.outline == 0 && difference.count == 0, "\(window.testDescription): \(difference)")
    }
  }

  @Test("over the pole no level is read whose rows are coarser than the picture's")
  func pole() throws {
    // Pixels of 15 km; rows of 10 minutes are 18.5 km high, so that only the base is fine enough.
    let window = Window(-1_500_000, -1_500_000, 1_500_000, 1_500_000, 200, 200)
    let file = "\(Program.sampleData)/Elevation.ImageServer/world_etopo5_10min.tif"
    let expected = try GDAL.shared.run(
      """
      give(*warp('\(file)', \(window.python), 'EPSG:3413', 'near'))
      give(settled('\(file)', \(window.python), 'EPSG:3413'))
      """, in: try TemporaryFolder())
    let picture = try server().picture(
      "Elevation",
      window.parameters(3413) + [
        "mosaicRule": #"{"where":"Name = 'World'"}"#, "interpolation": "RSP_NearestNeighbor",
      ])
    let difference = Difference(picture, expected[0], settled: expected[1])
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test("a world is whole on both sides of a projection's seam")
  func seam() throws {
    // Mercator about 150 degrees east: its seam runs through the Atlantic. A hole would make the picture a PNG.
    let answer = try server().get(
      "BlueMarble/ImageServer/exportImage",
      [
        "bbox": "-20037500,-9000000,20037500,9000000", "bboxSR": "3832", "imageSR": "3832", "size": "800,360",
        "adjustAspectRatio": "false", "format": "jpgpng", "f": "image",
      ])
    #expect(answer.mediaType == "image/jpeg")
  }

  @Test("every service of the sample data is listed and draws its own extent")
  func allServices() throws {
    let root = try server().get("", ["f": "json"]).json
    var names = (root["services"]?.array ?? []).filter { $0["type"] == "ImageServer" }.compactMap { $0["name"]?.string }
    for folder in root["folders"]?.array?.compactMap(\.string) ?? [] {
      names += (try server().get(folder, ["f": "json"]).json["services"]?.array ?? [])
        .filter { $0["type"] == "ImageServer" }.compactMap { $0["name"]?.string }
    }
    #expect(Set(names).isSuperset(of: ["BlueMarble", "Elevation", "Landsat7", "Olinda/OlindaDEM"]))
    for name in names {
      let extent = try #require(try server().get("\(name)/ImageServer", ["f": "json"]).json["extent"])
      let answer = try server().get(
        "\(name)/ImageServer/exportImage", ["bbox": extent.text(), "size": "120,90", "f": "image"])
      let picture = try GDAL.shared.read(answer.body)
      #expect(picture.width == 120 && picture.height == 90)
      #expect(Set(picture.data).count > 20, "\(name) shows something")
    }
  }

  @Test("the colours of Europe are the README's picture: sea, land and snow in Web Mercator")
  func europe() throws {
    let answer = try server().get(
      "BlueMarble/ImageServer/exportImage",
      [
        "bbox": "-20,30,40,70", "bboxSR": "4326", "imageSR": "3857", "size": "800,600", "format": "jpg", "f": "image",
      ])
    let picture = try GDAL.shared.read(answer.body)
    #expect(picture.width == 800 && picture.height == 600 && picture.bands == 3)
    // The box is 6679169 m wide and 7952338 m high about (1113195, 7480179): a pixel is 13254 m. The Gulf of Genoa lies
    // at 9 E, 43.5 N (x 1001875, y 5387872): column 391, row 458; Paris at 2.3 E, 48.8 N.
    let sea = (0..<3).map { picture[391, 458, $0] ?? 0 }
    #expect(sea[2] > sea[0], "the sea is blue: \(sea)")
  }
}
