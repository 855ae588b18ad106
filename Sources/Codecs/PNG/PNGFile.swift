/// A PNG of 8 bits a sample.
struct PNGFile {
  typealias Color = PNGHead.Color

  let width: Int
  let height: Int
  let color: Color
  /// Red, green, blue, alpha; empty unless `color` is a palette.
  let palette: [SIMD4<UInt8>]

  /// The file of the pixels, given as rows of `width * color.channels` bytes.
  /// - Parameter content: what to expect of them.
  func bytes(of pixels: [UInt8], like content: PNGData.Content) throws(EncodingError) -> [UInt8] {
    guard width <= Int32.max, height <= Int32.max else { throw .tooLarge(width: width, height: height) }
    let data = try PNGData.stream(
      pixels, rowBytes: width * color.channels, pixelBytes: color.channels, like: content)
    let head = PNGHead(width: width, height: height, bits: 8, color: color, palette: palette).bytes
    return head + PNGHead.chunk("IDAT", data) + PNGHead.end
  }
}
