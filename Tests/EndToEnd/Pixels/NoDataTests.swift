import Testing

@Suite(
  "Pixels without data stay without data and change no other pixel",
  .serving(
    """
    r = np.random.RandomState(3)
    a = smooth(1, 50, 60, np.int16, 10, 2000)
    a[0][r.rand(50, 60) < 0.1] = -9999
    write('Holes.tif', a, (0, 0, 600, 500), 'EPSG:3857', nodata=-9999)
    b = smooth(3, 50, 60, np.uint8, 1, 255)
    b[0][r.rand(50, 60) < 0.1] = 0
    b[1][r.rand(50, 60) < 0.1] = 0
    b[:, 20:24, 30:40] = 0
    write('Bands.tif', b, (0, 0, 600, 500), 'EPSG:3857', nodata=0)
    c = smooth(1, 50, 60, np.float32, -5, 5)
    c[0][r.rand(50, 60) < 0.1] = np.nan
    write('NaNs.tif', c, (0, 0, 600, 500), 'EPSG:3857', nodata=float('nan'))
    write('Masked.tif', smooth(3, 50, 60, np.uint8, 0, 255), (0, 0, 600, 500), 'EPSG:3857',
          mask=np.where(r.rand(50, 60) < 0.1, 0, 255).astype(np.uint8))
    p = smooth(3, 50, 60, np.uint8, 0, 9)
    write('Plain.tif', p, (0, 0, 600, 500), 'EPSG:3857')
    """))
struct NoDataTests {
  /// A grid that is the raster's own, one that enlarges it and lies askew, one that makes it smaller.
  static let windows = [
    Window(0, 0, 600, 500, 60, 50), Window(101.3, 77.7, 333.9, 291.1, 67, 59), Window(-80, -60, 700, 640, 41, 37),
  ]

  @Test(
    "as with gdalwarp: a value, NaN and a mask", arguments: ["Holes", "NaNs", "Masked"], windows)
  func oneMask(_ name: String, _ window: Window) throws {
    for (kernel, interpolation) in SingleRasterTests.kernels {
      let expected = try GDAL.shared.run(
        "give(*warp('\(name).tif', \(window.python), 'EPSG:3857', '\(kernel)'))",
        in: try #require(DataFolder.current))[0]
      let difference = Difference(
        try server().picture(name, window.parameters(3857) + ["interpolation": interpolation]), expected)
      #expect(difference.outline == 0 && difference.common > 700, "\(kernel): \(difference)")
      if kernel == "near" {
        #expect(difference.count == 0, "\(difference)")
      } else {
        // A level of bytes and of heights in metres; 1e-4 of ten.
        #expect(difference.greatest <= (name == "NaNs" ? 1e-3 : 1), "\(kernel): \(difference)")
      }
    }
  }

  @Test("a band that lacks its sample leaves the other bands alone")
  func bandByBand() throws {
    // At the raster's own grid nearest copies: what is 0 is no data in that band, whatever the other bands hold.
    let expected = try GDAL.shared.run(
      "a = gdal.Open('Bands.tif').ReadAsArray(); give(a, a != 0)", in: try #require(DataFolder.current))[0]
    let picture = try server().picture(
      "Bands", Self.windows[0].parameters(3857) + ["interpolation": "RSP_NearestNeighbor"])
    let difference = Difference(picture, expected)
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  /// The parameters and, in numpy, where the picture of `Plain` has data.
  static let rules: [(parameters: Parameters, valid: String)] = [
    (["noData": "3"], "~(p == 3).any(axis=0)"),
    (["noData": "3", "noDataInterpretation": "esriNoDataMatchAny"], "~(p == 3).any(axis=0)"),
    (["noData": "3", "noDataInterpretation": "esriNoDataMatchAll"], "~(p == 3).all(axis=0)"),
    // A list means all bands, each with its own value.
    (["noData": "3,4,5"], "~((p[0] == 3) & (p[1] == 4) & (p[2] == 5))"),
    (["noData": "3,4,5", "noDataInterpretation": "esriNoDataMatchAny"], "~((p[0] == 3) | (p[1] == 4) | (p[2] == 5))"),
    (["noData": "3,4,5", "noDataInterpretation": "esriNoDataMatchAll"], "~((p[0] == 3) & (p[1] == 4) & (p[2] == 5))"),
  ]

  @Test("noData and noDataInterpretation make pixels transparent", arguments: 0..<rules.count)
  func requested(_ index: Int) throws {
    let (parameters, valid) = Self.rules[index]
    let expected = try GDAL.shared.run(
      "p = gdal.Open('Plain.tif').ReadAsArray(); v = \(valid); give(p * v, np.array([v, v, v]))",
      in: try #require(DataFolder.current))[0]
    let answer = try server().get(
      "Plain/ImageServer/exportImage",
      ["format": "png32", "f": "image", "interpolation": "RSP_NearestNeighbor"] + Self.windows[0].parameters(3857)
        + parameters)
    // PNG has one alpha for the pixel: the rule speaks of pixels, so that is all there is to say.
    let picture = try GDAL.shared.read(answer.body)
    let difference = Difference(picture, expected)
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
    #expect(expected.isData.contains(false), "the rule hides something")
  }

  @Test("noData of a request is the TIFF's own nodata value")
  func nodataTag() throws {
    let answer = try server().get(
      "Plain/ImageServer/exportImage",
      ["format": "tiff", "f": "image", "noData": "3", "interpolation": "RSP_NearestNeighbor"]
        + Self.windows[0].parameters(3857))
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "picture.tif")
    let tag = try GDAL.shared.run(
      "d = gdal.Open('picture.tif'); give(np.array([[d.GetRasterBand(1).GetNoDataValue()]]))", in: folder)[0]
    #expect(tag.samples == [3])
  }
}
