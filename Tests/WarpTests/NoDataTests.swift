import Datasets
import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("No data never bleeds")
struct NoDataTests {
  /// The whole of a raster that lies at 0, 0 with pixels of one metre, enlarged, at 1:1 shifted, and a corner beyond it.
  static let windows: [(extent: Envelope, width: Int, height: Int)] = [
    (Envelope(xmin: 0, ymin: 0, xmax: 40, ymax: 30), 97, 71),
    (Envelope(xmin: 5.3, ymin: 4.6, xmax: 25.3, ymax: 14.6), 20, 10),
    (Envelope(xmin: -3, ymin: 20, xmax: 7, ymax: 33), 37, 41),
  ]

  static let script = """
    windows = [((0, 0, 40, 30), (97, 71)), ((5.3, 4.6, 25.3, 14.6), (20, 10)), ((-3, 20, 7, 33), (37, 41))]
    def holes(a, value):
        a = a.copy()
        a[..., np.random.rand(30, 40) < 0.15] = value
        a[..., 10:15, 20:31] = value
        return a
    def warpAll(**more):
        for i, (extent, size) in enumerate(windows):
            for how in ('near', 'bilinear', 'cubic'):
                warp('a.tif', '%s%d.raw' % (how, i), extent, size, 'EPSG:3857', how, **more)

    """

  /// Expects the pictures of all windows to be those of gdalwarp.
  private func compare(_ workshop: Workshop, allowed: Double) throws {
    for (index, window) in Self.windows.enumerated() {
      for (method, name) in [(Resampling.nearest, "near"), (.bilinear, "bilinear"), (.cubic, "cubic")] {
        let block = try workshop.draw(
          "a.tif", window.extent, window.width, window.height, .webMercator, method)
        let difference = Difference(block, try workshop.numbers("\(name)\(index).raw"))
        #expect(difference.outline == 0, "\(name) of window \(index)")
        #expect(difference.greatest <= (method == .nearest ? 0 : allowed), "\(name) of window \(index)")
        #expect(difference.common > 80)
      }
    }
  }

  @Test("A nodata value is left out of kernels, and its pixels stay empty")
  func value() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        write('a.tif', holes(smooth(1, 30, 40, np.uint8, 1, 255), 0), (0, 0, 40, 30), 'EPSG:3857', nodata=0)
        warpAll()
        """)
    try compare(workshop, allowed: 1)
  }

  @Test("A float nodata value far from the data is left out of kernels")
  func floatValue() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        write('a.tif', holes(smooth(1, 30, 40, np.float32, 0, 100), -3.4e38), (0, 0, 40, 30), 'EPSG:3857', nodata=-3.4e38)
        warpAll()
        """)
    try compare(workshop, allowed: 0.01)
  }

  @Test("A mask band is left out of kernels")
  func mask() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        mask = holes(np.full((30, 40), 255, np.uint8), 0)
        write('a.tif', smooth(3, 30, 40, np.uint8, 0, 255), (0, 0, 40, 30), 'EPSG:3857', mask=mask)
        warpAll()
        """)
    try compare(workshop, allowed: 1)
  }

  @Test("Each band looks for its nodata value by itself")
  func bands() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        a = smooth(3, 30, 40, np.uint8, 1, 255)
        for band in range(3): a[band] = holes(a[band:band + 1], 0)[0]
        write('a.tif', a, (0, 0, 40, 30), 'EPSG:3857', nodata=0)
        warpAll()
        """)
    try compare(workshop, allowed: 1)
  }

  @Test("Holes in a reprojected raster are those of gdalwarp")
  func reprojected() throws {
    let workshop = try Workshop()
    try workshop.python(
      Self.script + """
        write('a.tif', holes(smooth(1, 30, 40, np.int16, 1, 9000), -1), (320000, 7390000, 324000, 7393000), 'EPSG:31985',
              nodata=-1)
        d = gdal.Warp('', 'a.tif', format='VRT', dstSRS='EPSG:3857')
        g = d.GetGeoTransform()
        extent = (g[0], g[3] + g[5] * d.RasterYSize, g[0] + g[1] * d.RasterXSize, g[3])
        open('extent.txt', 'w').write(' '.join(map(repr, extent)))
        for how in ('near', 'bilinear', 'cubic'): warp('a.tif', how + '.raw', extent, (90, 80), 'EPSG:3857', how)
        """)
    let edges = try workshop.lines("extent.txt")[0].compactMap(Double.init)
    let extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
    for (method, name) in [(Resampling.nearest, "near"), (.bilinear, "bilinear"), (.cubic, "cubic")] {
      let block = try workshop.draw("a.tif", extent, 90, 80, .webMercator, method)
      let difference = Difference(block, try workshop.numbers("\(name).raw"))
      #expect(difference.outline == 0, "\(name)")
      #expect(difference.greatest <= (method == .nearest ? 0 : 1), "\(name)")
    }
  }

  /// Two by two pixels, red, green and blue; the request's noData decides which of them are drawn.
  private func outline(of rule: NoDataRule, _ samples: [UInt8]) throws -> [Bool] {
    let raster = MemoryRaster(width: 2, height: 2, bands: 3, pixelType: .u8, samples: samples)
    let plan = RenderPlan(
      grid: raster.grid, sources: [RenderSource(raster)], noData: rule, pixelType: .u8, bands: 3)
    return try plan.render(through: BlockCache(capacity: 0)).block.pixels
  }

  @Test("The request's noData: one value in any band, a list in all bands, or as told")
  func request() throws {
    let samples: [UInt8] = [0, 5, 6, 58, 128, 187, 58, 0, 1, 0, 0, 0]
    #expect(try outline(of: NoDataRule(values: [0]), samples) == [false, true, false, false])
    #expect(try outline(of: NoDataRule(values: [0], match: .all), samples) == [true, true, true, false])
    #expect(try outline(of: NoDataRule(values: [58, 128, 187]), samples) == [true, false, true, true])
    #expect(try outline(of: NoDataRule(values: [58, 128, 187], match: .any), samples) == [true, false, false, true])
    #expect(try outline(of: NoDataRule(values: [300]), samples) == [true, true, true, true])
    #expect(try outline(of: NoDataRule(values: [0.5]), samples) == [true, true, true, true])
  }

  @Test("The request's noData goes by the bands of the picture, repeats and all")
  func requestOfChosenBands() throws {
    // Bands 0, 1 and 2 of four pixels.
    let samples: [UInt8] = [3, 9, 1, 3, 9, 2, 1, 9, 9, 2, 1, 3]
    let raster = MemoryRaster(width: 2, height: 2, bands: 3, pixelType: .u8, samples: samples)
    func outline(_ bandIds: [Int], _ rule: NoDataRule) throws -> [Bool] {
      let plan = RenderPlan(
        grid: raster.grid, sources: [RenderSource(raster)], bandIds: bandIds, noData: rule, pixelType: .u8,
        bands: bandIds.count)
      return try plan.render(through: BlockCache(capacity: 0)).block.pixels
    }
    // Band 2 is 1 or 2, or band 0 is 3.
    let any = NoDataRule(values: [1, 2, 3], match: .any)
    #expect(try outline([2, 2, 0], any) == [false, false, true, true])
    // Band 2 can't be both 1 and 2.
    #expect(try outline([2, 2, 0], NoDataRule(values: [1, 2, 3])) == [true, true, true, true])
    #expect(try outline([2, 0], NoDataRule(values: [1, 3])) == [false, true, true, true])
    #expect(try outline([2, 2, 0], NoDataRule(values: [2, 2, 3])) == [true, false, true, true])
    // All bands in another order.
    #expect(try outline([1, 2, 0], NoDataRule(values: [1, 3, 2])) == [true, true, true, false])
  }

  @Test("The request's noData doesn't bleed into its neighbours")
  func requestWithKernel() throws {
    // Enlarged twice, the centre of the second target pixel lies a quarter of a pixel west of the edge between 100 and
    // the nodata 0, with weights 3/4 and 1/4: of 100 alone it stays 100, and the third one lies in the nodata pixel.
    let raster = MemoryRaster(width: 2, height: 1, bands: 1, pixelType: .u8, samples: [100, 0])
    var grid = raster.grid
    grid.width = 4
    let plan = RenderPlan(
      grid: grid, sources: [RenderSource(raster)], resampling: .bilinear, noData: NoDataRule(values: [0]),
      pixelType: .u8, bands: 1)
    let block = try plan.render(through: BlockCache(capacity: 0)).block
    #expect(block.numbers == [100, 100, 0, 0])
    #expect(block.pixels == [true, true, false, false])
  }
}
