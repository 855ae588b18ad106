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
    var file = Array("GIF89a".utf8)
    file.append(littleEndian: width)
    file.append(littleEndian: height)
    // A global colour table of 2^bits colours; background colour 0; square pixels.
    file += [0xF0 | UInt8(bits - 1), 0, 0]
    for color in palette.colors { file += [color.x, color.y, color.z] }
    file += [UInt8](repeating: 0, count: (1 << bits - palette.colors.count) * 3)
    if let index = palette.transparentIndex { file += [0x21, 0xF9, 4, 1, 0, 0, UInt8(index), 0] }
    file += [0x2C, 0, 0, 0, 0]
    file.append(littleEndian: width)
    file.append(littleEndian: height)
    file.append(0)
    let codeBits = max(2, bits)
    file.append(UInt8(codeBits))
    let codes = LZWWriter.compress(palette.indices, codeBits: codeBits)
    for start in stride(from: 0, to: codes.count, by: 255) {
      let piece = codes[start..<min(start + 255, codes.count)]
      file.append(UInt8(piece.count))
      file += piece
    }
    file += [0, 0x3B]
    return file
  }
}
