import Pixels
import Testing

@testable import Codecs

@Suite("Pictures without alpha, read by GDAL:")
struct BitmapTests {
  private func blocks() -> [PixelBlock] {
    var blocks: [PixelBlock] = []
    for bands in 1...4 {
      for holes in Holes.allCases {
        for (width, height) in [(1, 1), (2, 5), (7, 3), (18, 11)] {
          blocks.append(
            .noisy(width, height, bands: bands, .u8, holes: holes, seed: UInt64(width * 100 + bands)))
        }
      }
    }
    return blocks
  }

  /// Red, green and blue that the rules give a pixel: grey from the first band of one or two, else the first three.
  private func expected(_ block: PixelBlock, _ pixel: Int) -> [Double] {
    let samples = (0..<block.bands).map { Double(block.samples[pixel * block.bands + $0]) }
    return block.bands < 3 ? [samples[0], samples[0], samples[0]] : Array(samples[..<3])
  }

  @Test("BMP has 24 bits and white where there is no data")
  func bmp() throws {
    let blocks = blocks()
    let rasters = try GDAL.read(blocks.map { (try ImageFormat.bmp.encode($0).bytes, "bmp") })
    for (block, raster) in zip(blocks, rasters) {
      #expect(raster.bands == 3)
      let shown = (0..<block.width * block.height).map { Array(raster.color(at: $0)[..<3]) }
      let drawn = (0..<block.width * block.height).map {
        block.holdsData(pixel: $0) ? expected(block, $0) : [255, 255, 255]
      }
      #expect(shown == drawn)
    }
  }

  @Test("GIF is exact up to 256 colours and transparent where there is no data")
  func gif() throws {
    var blocks = blocks()
    // Fills the table of codes several times.
    blocks.append(.photo(150, 130, bands: 1))
    let rasters = try GDAL.read(blocks.map { (try ImageFormat.gif.encode($0).bytes, "gif") })
    for (block, raster) in zip(blocks, rasters) {
      #expect(raster.bands == 1 && raster.width == block.width && raster.height == block.height)
      var wrong = 0
      for pixel in 0..<block.width * block.height {
        let shown = raster.color(at: pixel)
        if !block.holdsData(pixel: pixel) {
          if shown[3] != 0 { wrong += 1 }
        } else if Array(shown[..<3]) != expected(block, pixel) || shown[3] != 255 {
          wrong += 1
        }
      }
      #expect(wrong == 0)
    }
  }

  @Test("JPEG is near its pixels, grey for one band, and nearer the higher the quality")
  func jpeg() throws {
    let block = PixelBlock.photo(90, 70)
    let grey = PixelBlock.photo(90, 70, bands: 1)
    let qualities = [0, 30, 75, 100]
    let files = try qualities.map {
      (
        bytes: try ImageFormat.jpg.encode(block, options: EncodingOptions(compressionQuality: $0)).bytes,
        fileExtension: "jpg"
      )
    }
    let rasters = try GDAL.read(files)
    let errors = rasters.map { raster in
      (0..<3).reduce(0.0) { sum, band in
        sum + zip(raster.values[band], block.band(band)).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(90 * 70 * 3)
      }
    }
    #expect(errors == errors.sorted(by: >))
    #expect(files.map(\.bytes.count) == files.map(\.bytes.count).sorted())
    // Independent grain of the channels is lost with halved colours; shades are not.
    #expect(try #require(errors.last) < 2)
    let raster = try GDAL.read(ImageFormat.jpg.encode(grey).bytes, "jpg")
    #expect(raster.bands == 1)
  }

  @Test("JPEG is white where there is no data")
  func jpegBackground() throws {
    for bands in [1, 3] {
      let block = PixelBlock(
        width: 32, height: 32, bands: bands, pixelType: .u8, samples: .init(repeating: 0, count: 1024 * bands),
        validity: .pixels((0..<1024).map { $0 % 32 < 16 ? 0 : 255 }))
      let raster = try GDAL.read(ImageFormat.jpg.encode(block).bytes, "jpg")
      // Blocks of 16 pixels are of one colour each.
      #expect(raster.values[0].enumerated().allSatisfy { ($1 > 250) == ($0 % 32 < 16) })
    }
  }
}
