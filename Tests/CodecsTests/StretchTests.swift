import Pixels
import Testing

@testable import Codecs

@Suite("A stretch")
struct StretchTests {
  @Test("takes the minimum to 0, the maximum to 255, rounds half away from zero and holds what lies outside")
  func linear() {
    let block = PixelBlock(6, 1, bands: 1, .s16, [-20, -10, 0, 10, 40, 41])
    // (v + 10) / 50 * 255: -10 -> 0, 0 -> 51, 10 -> 102, 40 -> 255.
    let stretched = Stretch(ranges: [-10...40]).apply(to: block)
    #expect(stretched.pixelType == .u8)
    #expect(stretched.samples == [0, 0, 51, 102, 255, 255])
    // (v - 0) / 510 * 255 = v / 2: 1 -> 0.5 -> 1, 3 -> 1.5 -> 2.
    let halves = PixelBlock(4, 1, bands: 1, .u16, [1, 2, 3, 509])
    #expect(Stretch(ranges: [0...510]).apply(to: halves).samples == [1, 1, 2, 255])
  }

  @Test("has its own ends for each band, the last ones for all further bands")
  func bands() {
    let block = PixelBlock(1, 1, bands: 3, .f32, [1, 1, 1])
    #expect(Stretch(ranges: [0...1, 0...5]).apply(to: block).samples == [255, 51, 51])
  }

  @Test("of a block's own extremes looks at samples with data only", arguments: PixelType.allCases)
  func extremes(type: PixelType) {
    let most = type.range.upperBound
    let (low, high) = (0.0, min(most, 100))
    let block = PixelBlock(
      2, 2, bands: 1, type, [low, high, most, most], validity: .pixels([255, 255, 0, 0]))
    #expect(Stretch(extremesOf: block).ranges == [low...high])
    #expect(Stretch(extremesOf: block).apply(to: block).samples[..<2] == [0, 255])
    let bySample = PixelBlock(2, 1, bands: 2, type, [0, 1, most, 0], validity: .samples([255, 255, 0, 255]))
    #expect(Stretch(extremesOf: bySample).ranges == [0...0, 0...1])
    #expect(Stretch(extremesOf: .empty(width: 2, height: 2, bands: 2, pixelType: type)).ranges == [0...0, 0...0])
  }

  @Test("makes no data of what is not a number, and leaves infinities at the ends")
  func notANumber() {
    let block = PixelBlock(4, 1, bands: 1, .f64, [.nan, -.infinity, .infinity, 5])
    #expect(Stretch(extremesOf: block).ranges == [5...5])
    let stretched = Stretch(ranges: [0...10]).apply(to: block)
    #expect(stretched.validity == .pixels([0, 255, 255, 255]))
    // 5 / 10 * 255 = 127.5.
    #expect(stretched.samples[1...] == [0, 255, 128])
  }

  @Test("of equal ends is black up to them and white above")
  func flat() {
    let block = PixelBlock(3, 1, bands: 1, .f64, [4, 5, 6])
    #expect(Stretch(ranges: [5...5]).apply(to: block).samples == [0, 0, 255])
  }
}
