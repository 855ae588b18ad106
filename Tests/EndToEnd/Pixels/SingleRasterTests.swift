import Testing

@Suite(
  "A picture of one raster is that of gdalwarp",
  .serving(
    """
    write('Same.tif', smooth(3, 60, 80, np.uint8, 0, 255), (500000, 7000000, 500800, 7000600), 'EPSG:3857')
    write('Degrees.tif', smooth(1, 80, 120, np.uint8, 0, 255), (-12, 34, 48, 71), 'EPSG:4326')
    write('Utm.tif', smooth(3, 100, 110, np.uint8, 0, 255), (320000, 7390000, 331000, 7400000), 'EPSG:31985')
    write('Floats.tif', smooth(1, 90, 100, np.float32, -50, 4800, noise=0.1), (-1e6, 4e6, 2e6, 8e6), 'EPSG:3857')
    write('Words.tif', smooth(4, 70, 90, np.uint16, 0, 65535, noise=0.1), (-1.3e7, 3.5e6, -8e6, 6.5e6), 'EPSG:3857')
    write('Signed.tif', smooth(2, 60, 70, np.int16, -3000, 3000), (-2e6, -1.5e6, 2e6, 1.5e6), 'ESRI:102009')
    write('Doubles.tif', smooth(1, 60, 60, np.float64, 0, 1, noise=0.1), (-2e6, -2e6, 2e6, 2e6), 'EPSG:3413')
    write('Bohemia.tif', smooth(1, 90, 140, np.int32, -2000000000, 2000000000, noise=0.1), (12.5, 48.7, 16.5, 50.9), 'EPSG:4326')
    write('North.tif', smooth(1, 60, 180, np.uint8, 0, 255), (-180, 50, 180, 90), 'EPSG:4326')
    write('World.tif', smooth(3, 90, 180, np.uint8, 0, 255), (-180, -90, 180, 90), 'EPSG:4326')
    """))
struct SingleRasterTests {
  /// A raster and the reference of its pictures.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var wkid: Int
    /// How GDAL calls the reference.
    var target: String
    /// From the least to the greatest sample.
    var range = 255.0
    var isWhole = true
    /// The part of the target that can be drawn; that of the raster's outline without it.
    var within: String?

    var testDescription: String { "\(name) in \(wkid)" }

    /// A level of whole numbers, or 1e-4 of the range.
    var tolerance: Double { max(isWhole ? 1 : 0, range * 1e-4) }
  }

  static let cases = [
    Case(name: "Same", wkid: 3857, target: "EPSG:3857"), Case(name: "Degrees", wkid: 3857, target: "EPSG:3857"),
    Case(name: "Degrees", wkid: 4326, target: "EPSG:4326"), Case(name: "Utm", wkid: 3857, target: "EPSG:3857"),
    Case(name: "Utm", wkid: 31985, target: "EPSG:31985"),
    Case(name: "Floats", wkid: 4326, target: "EPSG:4326", range: 4850, isWhole: false),
    Case(name: "Words", wkid: 102009, target: "ESRI:102009", range: 65535),
    Case(name: "Signed", wkid: 4326, target: "EPSG:4326", range: 6000),
    Case(name: "Doubles", wkid: 3857, target: "EPSG:3857", range: 1, isWhole: false),
    Case(name: "Bohemia", wkid: 5514, target: "EPSG:5514", range: 4e9),
    Case(name: "North", wkid: 3413, target: "EPSG:3413", within: "(-4e6, -4e6, 4e6, 4e6)"),
    Case(name: "World", wkid: 54030, target: "ESRI:54030", within: "(-1.69e7, -8.5e6, 1.69e7, 8.5e6)"),
    Case(name: "World", wkid: 3857, target: "EPSG:3857", within: "(-2e7, -2e7, 2e7, 2e7)"),
  ]

  static let kernels = [
    ("near", "RSP_NearestNeighbor"), ("bilinear", "RSP_BilinearInterpolation"), ("cubic", "RSP_CubicConvolution"),
  ]

  @Test("nearest is identical, bilinear and cubic are within a level or 1e-4 of the range", arguments: cases)
  func kernels(_ example: Case) throws {
    let expected = try GDAL.shared.run(
      """
      target = '\(example.target)'
      within = \(example.within ?? "None")
      if within is None:
          g = gdal.Warp('', '\(example.name).tif', format='VRT', dstSRS=target)
          t = g.GetGeoTransform()
          within = (t[0], t[3] + t[5] * g.RasterYSize, t[0] + t[1] * g.RasterXSize, t[3])
      x0, y0, x1, y1 = within
      r = random.Random('\(example.name) \(example.wkid)')
      windows = [(x0, y0, x1, y1, 61, 47)]
      for i in range(5):
          w, h = (x1 - x0) * r.choice([0.07, 0.3, 0.6]), (y1 - y0) * r.choice([0.07, 0.3, 0.6])
          x, y = r.uniform(x0, x1 - w), r.uniform(y0, y1 - h)
          windows.append((x, y, x + w, y + h, r.randint(20, 70), r.randint(20, 70)))
      give(np.array(windows))
      for w in windows:
          give(settled('\(example.name).tif', w[:4], w[4:], target))
          for how in ('near', 'bilinear', 'cubic'):
              give(*warp('\(example.name).tif', w[:4], w[4:], target, how))
      """, in: try #require(DataFolder.current))
    let windows = expected[0]
    var common = 0
    for index in 0..<windows.height {
      let edges = (0..<6).map { windows.samples[index * 6 + $0] }
      let window = Window(edges[0], edges[1], edges[2], edges[3], Int(edges[4]), Int(edges[5]))
      for (kernel, (name, interpolation)) in Self.kernels.enumerated() {
        let picture = try server().picture(
          example.name, window.parameters(example.wkid) + ["interpolation": interpolation])
        let difference = Difference(picture, expected[2 + index * 4 + kernel], settled: expected[1 + index * 4])
        common += difference.common
        #expect(difference.outline == 0, "\(name) of \(window.testDescription): \(difference)")
        if kernel == 0 {
          #expect(difference.count == 0, "\(name) of \(window.testDescription): \(difference)")
        } else {
          #expect(difference.greatest <= example.tolerance, "\(name) of \(window.testDescription): \(difference)")
        }
      }
    }
    #expect(common > 3000, "the windows show the raster")
  }
}
