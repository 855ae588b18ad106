import Foundation
import Pixels
import Testing

@testable import RasterFiles

@Suite("A TIFF of a download, read by GDAL,")
struct TIFFTests {
  private static func write(_ raster: TestRaster, to path: String, isBig: Bool) throws {
    let writer = try TIFFWriter(raster.layout, at: path, isBig: isBig)
    try StripPipeline(writer: writer, layout: raster.layout, isCancelled: { false }, rows: raster.rows).run()
  }

  @Test("has tiles where it is large, and strips elsewhere")
  func tiles() throws {
    try TemporaryFolder.use { folder in
      let cases = [
        (TestRaster(257, 257, bands: 3, .u8), [256, 256]),
        // 256 KiB are a strip.
        (TestRaster(256, 2100, bands: 1, .u8), [256, 1024]),
        // 8 MiB are prepared at once: 256 rows of 40,000 bytes are more, so that tiles come in pieces.
        (TestRaster(40_000, 400, bands: 1, .u8), [256, 256]), (TestRaster(40_001, 300, bands: 1, .u1), [256, 256]),
      ]
      let expectations = try cases.enumerated().map { number, item in
        let name = try item.0.write(as: .tiff, in: folder, stem: "\(number)")[0]
        return GDAL.Expectation(path: folder.appending(path: name).path, raster: item.0)
      }
      for ((_, size), found) in zip(cases, try GDAL.read(expectations, in: folder)) {
        #expect(found.blockSize == size)
        #expect(found.difference == 0)
      }
    }
  }

  @Test("has its pixels without data in a mask, and no mask where there are none")
  func mask() throws {
    try TemporaryFolder.use { folder in
      var expectations: [GDAL.Expectation] = []
      var hasHoles: [Bool] = []
      for (width, height) in [(1, 1), (300, 5), (1501, 1203), (259, 262), (20_001, 270)] {
        for holes in ["none", "some", "all", "in the last row"] {
          for isBig in [false, true] {
            var raster = TestRaster(width, height, bands: 2, .u8)
            raster.layout.hasMask = true
            var noise = Noise(seed: 4)
            raster.mask = (0..<width * height).map { pixel in
              switch holes {
              case "none": 255
              case "some": noise.next() % 3 == 0 ? 0 : 255
              case "all": 0
              default: pixel == width * height - 1 ? 0 : 255
              }
            }
            hasHoles.append(raster.mask?.contains(0) == true)
            let path = folder.appending(path: "\(expectations.count).tif").path
            try Self.write(raster, to: path, isBig: isBig)
            expectations.append(.init(path: path, raster: raster))
          }
        }
      }
      let perDataset = 2
      for (hasHoles, found) in zip(hasHoles, try GDAL.read(expectations, in: folder)) {
        #expect(found.difference == 0 && found.wrongMasks == 0)
        #expect((found.maskFlags & perDataset != 0) == hasHoles)
      }
    }
  }

  @Test("is a BigTIFF from 4 GiB on")
  func bigTIFF() throws {
    try TemporaryFolder.use { folder in
      let rasters = [TestRaster(700, 500, bands: 3, .u16), TestRaster(100, 70, bands: 1, .f64)]
      let expectations = try rasters.enumerated().map { number, raster in
        let path = folder.appending(path: "\(number).tif").path
        try Self.write(raster, to: path, isBig: true)
        // The version of BigTIFF.
        #expect(try Data(contentsOf: URL(fileURLWithPath: path))[2] == 43)
        return GDAL.Expectation(path: path, raster: raster)
      }
      for found in try GDAL.read(expectations, in: folder) {
        #expect(found.difference == 0 && found.isSameReference)
      }
      // 65536 * 65536 bytes are 4 GiB; the writer is let go before it writes them.
      for (height, version) in [(65536, UInt8(43)), (60000, 42)] {
        var layout = rasters[0].layout
        (layout.width, layout.height, layout.bands, layout.pixelType) = (65536, height, 1, .u8)
        #expect(TIFFWriter.isBig(layout) == (version == 43))
      }
    }
  }
}
