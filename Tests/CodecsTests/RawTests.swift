import Pixels
import Testing

@testable import Codecs

@Suite("Raw samples")
struct RawTests {
  /// Three pixels by one, two bands of 16 bits: (0x0102, 0x0304), (0x0506, 0x0708), (0x090A, 0x0B0C).
  private let block = PixelBlock(
    3, 1, bands: 2, .u16, [0x0102, 0x0304, 0x0506, 0x0708, 0x090A, 0x0B0C], validity: .pixels([255, 0, 255]))

  @Test("come pixel by pixel as bip, least significant byte first, then the mask from the most significant bit")
  func interleavedByPixel() throws {
    #expect(try ImageFormat.bip.encode(block).bytes == [2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 0b1010_0000])
  }

  @Test("come band by band as bsq")
  func bandSequential() throws {
    #expect(try ImageFormat.bsq.encode(block).bytes == [2, 1, 6, 5, 10, 9, 4, 3, 8, 7, 12, 11, 0b1010_0000])
  }

  @Test("have mask rows that follow each other without padding")
  func maskAcrossRows() throws {
    let block = PixelBlock(3, 3, bands: 1, .u8, .init(repeating: 5, count: 9))
    // Nine ones: 1111 1111, 1000 0000.
    #expect(try ImageFormat.bsq.encode(block).bytes == .init(repeating: 5, count: 9) + [0xFF, 0x80])
    var empty = block
    empty.validity = .none
    #expect(try ImageFormat.bsq.encode(empty).bytes == .init(repeating: 5, count: 9) + [0, 0])
  }

  @Test("hold every pixel type in as many bytes as it has in memory", arguments: PixelType.allCases)
  func sizes(type: PixelType) throws {
    let block = PixelBlock.noisy(5, 3, bands: 3, type)
    for format in [ImageFormat.bip, .bsq] {
      // 15 pixels: two bytes of mask.
      #expect(try format.encode(block).bytes.count == 15 * 3 * type.stride + 2)
    }
    #expect(try ImageFormat.bip.encode(block).bytes.dropLast(2) == block.samples[...])
  }
}
