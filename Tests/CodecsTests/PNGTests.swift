import Pixels
import Testing

@testable import Codecs

@Suite("A PNG, read by GDAL,")
struct PNGTests {
  private static let formats: [ImageFormat] = [.png, .png8, .png24, .png32]

  @Test("shows the pixels of its block, and nothing where it holds no data", arguments: formats)
  func roundTrip(format: ImageFormat) throws {
    var blocks: [PixelBlock] = []
    var seed: UInt64 = 0
    for bands in 1...5 {
      for holes in Holes.allCases {
        for (width, height) in [(1, 1), (1, 9), (13, 1), (15, 7), (33, 21)] {
          seed += 1
          blocks.append(.noisy(width, height, bands: bands, .u8, holes: holes, seed: seed))
        }
      }
    }
    // More than one deflate block, and runs of zeros.
    blocks.append(.photo(250, 130))
    blocks.append(.photo(250, 130, bands: 1))
    var withBorder = PixelBlock.photo(250, 130)
    withBorder.validity = .pixels((0..<250 * 130).map { $0 % 250 < 100 || $0 / 250 > 90 ? 0 : 255 })
    blocks.append(withBorder)
    let files = try blocks.map { (bytes: try format.encode($0).bytes, fileExtension: "png") }
    for (block, raster) in zip(blocks, try GDAL.read(files)) {
      let label: Comment = "\(block.bands) bands \(block.width)x\(block.height)"
      #expect(raster.width == block.width && raster.height == block.height, label)
      let isExact = format != .png8 || block.bands < 3 || block.width * block.height < 256
      let colors = block.bands < 3 ? [0, 0, 0] : [0, 1, 2]
      let drawn = colors.map { block.band($0) }
      var wrong = 0
      for pixel in 0..<block.width * block.height {
        let shown = raster.color(at: pixel)
        if !block.holdsData(pixel: pixel) {
          let expected: [Double] = format == .png24 ? [255, 255, 255, 255] : [0, 0, 0, 0]
          if format == .png24 ? shown != expected : shown[3] != 0 { wrong += 1 }
        } else if shown[3] != 255 || (isExact && shown[..<3] != drawn.map({ $0[pixel] })[...]) {
          wrong += 1
        }
      }
      #expect(wrong == 0, label)
    }
  }
}
