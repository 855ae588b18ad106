import Datasets
import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("The level that is read")
struct LevelTests {
  static let levels = [(1081, 1081), (541, 541), (271, 271), (136, 136)].map {
    RasterInfo.Level(width: $0.0, height: $0.1, blockWidth: 256, blockHeight: 256)
  }

  @Test("is the base at 1:1 and when enlarging, else the coarsest that is not coarser than the picture")
  func choice() {
    // Factors of the overviews: 1081/541 = 1.998, 1081/271 = 3.989, 1081/136 = 7.949.
    let scales: [(Double, Int)] = [
      (0.1, 0), (1, 0), (1.9, 0), (1081.0 / 541, 1), (2, 1), (3.9, 1), (4, 2), (8, 3), (100, 3),
      (.nan, 0), (.infinity, 3),
    ]
    for (scale, level) in scales {
      #expect(LevelChoice.index(of: Self.levels, scale: (scale, scale)) == level, "scale \(scale)")
    }
    #expect(LevelChoice.index(of: Self.levels, scale: (8, 1)) == 0, "the finer axis decides")
  }

  @Test("gives the pixels of gdalwarp from the same overview")
  func overviews() throws {
    let workshop = try Workshop()
    try workshop.python(
      """
      write('a.tif', smooth(1, 243, 301, np.uint8, 0, 255), (0, 0, 301, 243), 'EPSG:3857')
      d = gdal.Open('a.tif', gdal.GA_Update)
      d.BuildOverviews('AVERAGE', [2, 4])
      d = None
      for i, (size, level) in enumerate([((151, 122), 0), ((120, 99), 0), ((76, 61), 1), ((40, 33), 1), ((200, 150), None)]):
          for how in ('near', 'bilinear', 'cubic'):
              o = gdal.Warp('', 'a.tif', format='MEM', outputBounds=(0, 0, 301, 243), width=size[0], height=size[1],
                            resampleAlg=how, errorThreshold=0, overviewLevel='NONE' if level is None else level,
                            dstAlpha=True, warpOptions=[] if how == 'near' else ['XSCALE=1', 'YSCALE=1'])
              raw('%s%d.raw' % (how, i), o.ReadAsArray())
      """)
    let sizes = [(151, 122), (120, 99), (76, 61), (40, 33), (200, 150)]
    for (index, size) in sizes.enumerated() {
      for (method, name) in [(Resampling.nearest, "near"), (.bilinear, "bilinear"), (.cubic, "cubic")] {
        let block = try workshop.draw(
          "a.tif", Envelope(xmin: 0, ymin: 0, xmax: 301, ymax: 243), size.0, size.1, .webMercator, method)
        let difference = Difference(block, try workshop.numbers("\(name)\(index).raw"))
        #expect(difference.outline == 0)
        #expect(difference.greatest <= (method == .nearest ? 0 : 1), "\(name) at \(size)")
      }
    }
  }
}
