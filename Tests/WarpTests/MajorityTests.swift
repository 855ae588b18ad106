import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("Majority counts the source pixels that a target pixel touches")
struct MajorityTests {
  @Test("Ties and all, it is gdalwarp's mode", arguments: ["np.uint8", "np.float32", "np.int16"])
  func mode(_ type: String) throws {
    let workshop = try Workshop()
    try workshop.python(
      """
      a = np.random.randint(0, 4, (2, 41, 53)).astype(\(type))
      write('a.tif', a, (0, 0, 53, 41), 'EPSG:3857')
      lines = []
      for i in range(8):
          size = (random.randint(3, 80), random.randint(3, 70))
          x, y = random.uniform(0, 20), random.uniform(0, 15)
          extent = (0, 0, 53, 41) if i < 4 else (x, y, x + 30, y + 25)
          lines.append(' '.join(map(repr, extent + size)))
          warp('a.tif', '%d.raw' % i, extent, size, 'EPSG:3857', 'mode')
      open('windows.txt', 'w').write('\\n'.join(lines))
      """)
    for (index, line) in try workshop.lines("windows.txt").enumerated() {
      let edges = line.prefix(4).compactMap(Double.init)
      let sizes = line.suffix(2).compactMap(Int.init)
      let extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
      let block = try workshop.draw("a.tif", extent, sizes[0], sizes[1], .webMercator, .majority)
      let difference = Difference(block, try workshop.numbers("\(index).raw"))
      #expect(difference.samples == 0 && difference.outline == 0, "window \(line)")
    }
  }

  @Test("Reprojected classes are gdalwarp's mode, but for pixels whose corners fall on an edge within 0.001 pixel")
  func reprojected() throws {
    let workshop = try Workshop()
    try workshop.python(
      """
      a = np.random.randint(0, 4, (60, 60)).astype(np.uint8)
      write('a.tif', a, (320000, 7390000, 326000, 7396000), 'EPSG:31985')
      d = gdal.Warp('', 'a.tif', format='VRT', dstSRS='EPSG:3857')
      g = d.GetGeoTransform()
      w, h = g[1] * d.RasterXSize, -g[5] * d.RasterYSize
      extent = (g[0] + w / 5, g[3] - 4 * h / 5, g[0] + 4 * w / 5, g[3] - h / 5)
      open('extent.txt', 'w').write(' '.join(map(repr, extent)))
      warp('a.tif', 'a.raw', extent, (19, 17), 'EPSG:3857', 'mode')
      """)
    let edges = try workshop.lines("extent.txt")[0].compactMap(Double.init)
    let extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
    let block = try workshop.draw("a.tif", extent, 19, 17, .webMercator, .majority)
    let difference = Difference(block, try workshop.numbers("a.raw"))
    #expect(difference.outline == 0)
    #expect(difference.samples <= 19 * 17 / 100)
  }

  @Test("Pixels without data have no vote")
  func votes() throws {
    // Left half: 7 and 9 hold data once each beside two empty pixels, the first wins; right half: empty.
    let raster = MemoryRaster(
      width: 4, height: 2, bands: 1, pixelType: .u8, samples: [5, 7, 1, 1, 5, 9, 1, 1],
      validity: .pixels([0, 255, 0, 0, 0, 255, 0, 0]))
    var grid = raster.grid
    grid.width = 2
    grid.height = 1
    let plan = RenderPlan(
      grid: grid, sources: [RenderSource(raster)], resampling: .majority, pixelType: .u8, bands: 1)
    let block = try plan.render(through: .init(capacity: 0)).block
    #expect(block.numbers == [7, 0])
    #expect(block.pixels == [true, false])
  }

  @Test("Among many values the first to reach the greatest count wins")
  func manyValues() {
    var tally = Tally<UInt16>(filler: 0)
    for _ in 0..<2 {
      tally.reset()
      for value in 0..<500 as Range<UInt16> { tally.add(value) }
      #expect(tally.winner == 0)
      tally.add(400)
      tally.add(3)
      #expect(tally.winner == 400)
      tally.add(3)
      #expect(tally.winner == 3)
    }
    tally.reset()
    #expect(tally.winner == nil)
  }
}
