import Pixels

/// Windows bitmap: 24 bits a pixel, blue first, rows from the bottom up and padded to 4 bytes.
struct BMPEncoder: ImageEncoder {
  var contentType: String { "image/bmp" }
  var fileExtension: String { "bmp" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let (width, height) = (block.width, block.height)
    guard let head = BMPHead(width: width, height: height, colors: nil) else {
      throw .tooLarge(width: width, height: height)
    }
    let rgb = Picture(block, colormap: options.colormap).rgb(over: options.background)
    return head.bytes + head.rows(of: rgb)
  }
}
