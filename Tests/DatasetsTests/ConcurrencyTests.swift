import Pixels
import Testing

@testable import Datasets

@Suite("Many threads")
struct ConcurrencyTests {
  @Test("Threads that read one raster at the same time get what one thread gets")
  func sameBlocks() async throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      tiled = ['TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64']
      array = smooth(3, 300, 400)
      for compress in ('DEFLATE', 'LZW', 'JPEG'):
          gdal.GetDriverByName('GTiff').CreateCopy(compress + '.tif', source(array), options=tiled + ['COMPRESS=' + compress])
      gdal.GetDriverByName('PNG').CreateCopy('a.png', source(smooth(3, 500, 1500)))
      open('a.pgw', 'w').write('2\\n0\\n0\\n-2\\n101\\n199\\n'); open('a.prj', 'w').write(srs.ExportToWkt())
      """)
    for name in ["DEFLATE.tif", "LZW.tif", "JPEG.tif", "a.png"] {
      let path = folder.file(name)
      let window = PixelWindow(x: 10, y: 10, width: 380, height: 280)
      let expected = try RasterReader(cache: BlockCache()).read(window, of: RasterFile.open(path)).samples
      let pool = DatasetPool(limit: 1)
      let cache = BlockCache(capacity: 1 << 21)
      await withTaskGroup(of: [UInt8]?.self) { group in
        for _ in 0..<12 {
          group.addTask {
            guard let dataset = try? pool.dataset(at: path) else { return nil }
            return try? RasterReader(cache: cache).read(window, of: dataset).samples
          }
        }
        for await samples in group { #expect(samples == expected, "\(name)") }
      }
    }
  }
}
