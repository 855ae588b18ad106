import Pixels

/// GIF 89a: one picture, at most 256 colours.
struct GIFEncoder: ImageEncoder {
  var contentType: String { "image/gif" }
  var fileExtension: String { "gif" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    guard let width = UInt16(exactly: block.width), let height = UInt16(exactly: block.height) else {
      throw .tooLarge(width: block.width, height: block.height)
    }
    let palette = Palette(nearest: Picture(block, colormap: options.colormap))
    let bits = max(1, Int.bitWidth - (palette.colors.count - 1).leadingZeroBitCount)
    let head = GIFHead(
      width: width, height: height, colors: palette.colors, bits: bits,
      transparentIndex: palette.transparentIndex.map { UInt8($0) })
    let codes = LZWWriter.compress(palette.indices, codeBits: head.codeBits)
    return head.bytes + GIFHead.blocks(of: codes) + GIFHead.trailer
  }
}
