import CDeflate

/// The container of a PNG: what stands around the chunks of pixels.
package struct PNGHead {
  /// PNG's colour types.
  package enum Color: UInt8 {
    case grey = 0
    case rgb = 2
    case palette = 3
    case rgba = 6

    /// Samples of one pixel.
    package var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  let width: Int
  let height: Int
  let bits: Int
  let color: Color
  let palette: [SIMD4<UInt8>]

  /// A head from its parts.
  /// - Parameters:
  ///   - bits: bits of a sample.
  ///   - palette: red, green, blue, alpha of at most `1 << bits` colours; empty unless `color` is a palette.
  package init(width: Int, height: Int, bits: Int, color: Color, palette: [SIMD4<UInt8>]) {
    self.width = width
    self.height = height
    self.bits = bits
    self.color = color
    self.palette = palette
  }

  /// The signature and all chunks before the pixels.
  package var bytes: [UInt8] {
    var header: [UInt8] = []
    header.append(bigEndian: UInt32(width))
    header.append(bigEndian: UInt32(height))
    header += [UInt8(bits), color.rawValue, 0, 0, 0]
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += Self.chunk("IHDR", header)
    if color == .palette {
      bytes += Self.chunk("PLTE", palette.flatMap { [$0.x, $0.y, $0.z] })
      if let last = palette.lastIndex(where: { $0.w < 255 }) {
        bytes += Self.chunk("tRNS", palette[...last].map(\.w))
      }
    }
    return bytes
  }

  /// A chunk of less than 2 GiB.
  package static func chunk(_ type: StaticString, _ content: [UInt8]) -> [UInt8] {
    var chunk: [UInt8] = []
    chunk.reserveCapacity(content.count + 12)
    chunk.append(bigEndian: UInt32(content.count))
    type.withUTF8Buffer { chunk.append(contentsOf: $0) }
    chunk += content
    let checksum = chunk.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress.map { $0 + 4 }, $0.count - 4) }
    chunk.append(bigEndian: checksum)
    return chunk
  }

  /// The last chunk.
  package static let end = chunk("IEND", [])
}
