import Pixels

/// Windows bitmap: 24 bits a pixel, blue first, rows from the bottom up and padded to 4 bytes.
struct BMPEncoder: ImageEncoder {
  var contentType: String { "image/bmp" }
  var fileExtension: String { "bmp" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let (width, height) = (block.width, block.height)
    let rowBytes = (width * 3 + 3) / 4 * 4
    let headerBytes = 54
    guard let fileBytes = UInt32(exactly: headerBytes + rowBytes * height), width <= Int32.max, height <= Int32.max
    else { throw .tooLarge(width: width, height: height) }
    let rgb = Picture(block, colormap: options.colormap).rgb(over: options.background)
    var file: [UInt8] = [0x42, 0x4D]
    file.reserveCapacity(Int(fileBytes))
    file.append(littleEndian: fileBytes)
    file.append(littleEndian: UInt32(0))
    file.append(littleEndian: UInt32(headerBytes))
    file.append(littleEndian: UInt32(40))
    file.append(littleEndian: Int32(width))
    file.append(littleEndian: Int32(height))
    file.append(littleEndian: UInt16(1))
    file.append(littleEndian: UInt16(24))
    file.append(littleEndian: UInt32(0))
    file.append(littleEndian: UInt32(rowBytes * height))
    // 2835 pixels a metre are 72 a inch; no palette.
    for field in [2835, 2835, 0, 0] as [UInt32] { file.append(littleEndian: field) }
    file += [UInt8](unsafeUninitializedCapacity: rowBytes * height) { out, filled in
      out.initialize(repeating: 0)
      for row in 0..<height {
        let start = (height - 1 - row) * rowBytes
        for column in 0..<width {
          let (to, from) = (start &+ column &* 3, (row &* width &+ column) &* 3)
          out[to] = rgb[from &+ 2]
          out[to &+ 1] = rgb[from &+ 1]
          out[to &+ 2] = rgb[from]
        }
      }
      filled = rowBytes * height
    }
    return file
  }
}
