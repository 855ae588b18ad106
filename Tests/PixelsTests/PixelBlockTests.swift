import Pixels
import Testing

@Suite("Pixel blocks")
struct PixelBlockTests {
  private func block(_ validity: PixelBlock.Validity) -> PixelBlock {
    PixelBlock(width: 2, height: 1, bands: 2, pixelType: .u8, samples: [1, 2, 3, 4], validity: validity)
  }

  @Test("have a mask in which a pixel holds data when one of its samples does")
  func pixelMask() {
    #expect(block(.all).pixelMask == nil)
    #expect(block(.none).pixelMask == [0, 0])
    #expect(block(.pixels([255, 0])).pixelMask == [255, 0])
    #expect(block(.samples([0, 255, 0, 0])).pixelMask == [255, 0])
  }

  @Test("give their samples as numbers of their type, to read and to change")
  func samples() {
    var block = PixelBlock(
      width: 1, height: 2, bands: 1, pixelType: .s16, samples: [0xFE, 0xFF, 0x02, 0x01])
    #expect(block.withSamples(as: Int16.self) { Array($0) } == [-2, 258])
    block.withMutableSamples(as: Int16.self) { $0[1] = -1 }
    #expect(block.samples == [0xFE, 0xFF, 0xFF, 0xFF])
  }

  @Test("without data are zeros that hold none")
  func empty() {
    let block = PixelBlock.empty(width: 3, height: 2, bands: 2, pixelType: .f32)
    #expect(block.samples == [UInt8](repeating: 0, count: 48))
    #expect(block.validity == .none)
    #expect(block.bytesPerRow == 24)
  }
}
