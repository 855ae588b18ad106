import CDeflate

/// The container of a PNG: signature and chunks.
struct PNGFile {
  /// PNG's colour types at 8 bits a sample.
  enum Color: UInt8 {
    case grey = 0
    case rgb = 2
    case palette = 3
    case rgba = 6

    /// Bytes of one pixel.
    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

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
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file.reserveCapacity(data.count + 57 + palette.count * 4 + 24)
    var header: [UInt8] = []
    header.append(bigEndian: UInt32(width))
    header.append(bigEndian: UInt32(height))
    header += [8, color.rawValue, 0, 0, 0]
    Self.append("IHDR", header, to: &file)
    if color == .palette {
      Self.append("PLTE", palette.flatMap { [$0.x, $0.y, $0.z] }, to: &file)
      if let last = palette.lastIndex(where: { $0.w < 255 }) {
        Self.append("tRNS", palette[...last].map(\.w), to: &file)
      }
    }
    Self.append("IDAT", data, to: &file)
    Self.append("IEND", [], to: &file)
    return file
  }

  private static func append(_ type: StaticString, _ content: [UInt8], to file: inout [UInt8]) {
    file.append(bigEndian: UInt32(content.count))
    let start = file.count
    type.withUTF8Buffer { file.append(contentsOf: $0) }
    file.append(contentsOf: content)
    let checksum = file.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress.map { $0 + start }, $0.count - start) }
    file.append(bigEndian: checksum)
  }
}
