import Testing

@Suite(
  "A picture that is coarser than the raster is made from the next finer overview",
  .serving(
    """
    write('Pyramid.tif', smooth(3, 256, 256, np.uint8, 0, 255), (0, 0, 2560, 2560), 'EPSG:3857', overviews=[2, 4, 8])
    write('Words.tif', smooth(1, 240, 320, np.uint16, 0, 60000), (10, 40, 26, 52), 'EPSG:4326', overviews=[2, 4])
    """))
struct OverviewTests {
  /// A window, how many pixels of the base come to one of the picture, and the overview that is the next finer one.
  static let windows: [(window: Window, level: String)] = [
    // 128 pixels of the base in 64 columns: exactly the first overview, factor 2.
    (Window(0, 0, 1280, 1280, 64, 64), "0"),
    // 3 to 1: the overview of factor 2, of which 1.5 pixels come to one.
    (Window(100, 160, 2020, 2080, 64, 64), "0"),
    // 5 to 1: factor 4.
    (Window(5, 5, 2555, 2555, 51, 51), "1"),
    // 7.5 to 1: factor 4 still.
    (Window(0, 60, 2400, 2460, 32, 32), "1"),
    // 12.8 to 1: factor 8, the coarsest.
    (Window(0, 0, 2560, 2560, 20, 20), "2"),
    // 1.6 to 1: the base, because the first overview is coarser than the picture.
    (Window(0, 0, 1280, 1280, 80, 80), "None"),
    // 0.4 to 1: the base.
    (Window(400, 400, 656, 656, 64, 64), "None"),
  ]

  @Test("its kernel is the one of 1:1, whatever the scale", arguments: 0..<windows.count)
  func level(_ index: Int) throws {
    let (window, level) = Self.windows[index]
    for (name, interpolation) in SingleRasterTests.kernels {
      let expected = try GDAL.shared.run(
        "give(*warp('Pyramid.tif', \(window.python), 'EPSG:3857', '\(name)', \(level)))",
        in: try #require(DataFolder.current))[0]
      let picture = try server().picture(
        "Pyramid", window.parameters(3857) + ["interpolation": interpolation])
      let difference = Difference(picture, expected)
      #expect(difference.outline == 0 && difference.common > 0, "\(name): \(difference)")
      #expect(difference.greatest <= (name == "near" ? 0 : 1), "\(name): \(difference)")
    }
  }

  @Test("bilinear between four pixels of the overview is what numpy computes of it")
  func bilinearByArithmetic() throws {
    // 24 columns and rows of 80 units each: of the overview of factor 4 (pixels of 40 units) two come to one, so that
    // every centre falls on a corner of its pixels: the mean of four.
    let expected = try GDAL.shared.run(
      """
      d = gdal.Open('Pyramid.tif')
      o = np.array([d.GetRasterBand(i).GetOverview(1).ReadAsArray() for i in (1, 2, 3)]).astype(float)
      o = o[:, 64 - 48:, :48]
      give((o[:, 0::2, 0::2] + o[:, 1::2, 0::2] + o[:, 0::2, 1::2] + o[:, 1::2, 1::2]) / 4)
      """, in: try #require(DataFolder.current))[0]
    let picture = try server().picture(
      "Pyramid",
      ["bbox": "0,0,1920,1920", "size": "24,24", "interpolation": "RSP_BilinearInterpolation", "pixelType": "F64"])
    // Kernels round to the type of the raster, bytes, so half a level is lost at most.
    #expect(Difference(picture, expected).greatest <= 0.5)
    #expect(Difference(picture, expected).outline == 0)
  }

  @Test("degrees in Web Mercator, 3 pixels to 1, come from the overview of factor 2")
  func reprojected() throws {
    // 10° to 26° are 320 columns; in Web Mercator 1781111.85 m. About 107 columns: 3 to 1.
    let window = Window(1_113_194.91, 4_865_942.28, 2_894_306.76, 6_800_125.45, 107, 97)
    for (name, interpolation) in SingleRasterTests.kernels {
      let expected = try GDAL.shared.run(
        "give(*warp('Words.tif', \(window.python), 'EPSG:3857', '\(name)', 0))",
        in: try #require(DataFolder.current))[0]
      let picture = try server().picture("Words", window.parameters(3857) + ["interpolation": interpolation])
      let difference = Difference(picture, expected)
      #expect(difference.outline == 0, "\(name): \(difference)")
      #expect(difference.greatest <= (name == "near" ? 0 : 6), "\(name): \(difference)")
    }
  }
}
