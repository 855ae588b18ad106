/// What stands around the codes of a GIF 89a with one picture.
package struct GIFHead {
  let width: UInt16
  let height: UInt16
  let colors: [SIMD4<UInt8>]
  let bits: Int
  let transparentIndex: UInt8?

  /// A head from its parts.
  /// - Parameters:
  ///   - colors: the colour table, at most `1 << bits` colours; black stands for what is missing.
  ///   - bits: bits of a colour's number, 1 to 8.
  ///   - transparentIndex: the colour's number that means transparent.
  package init(width: UInt16, height: UInt16, colors: [SIMD4<UInt8>], bits: Int, transparentIndex: UInt8?) {
    self.width = width
    self.height = height
    self.colors = colors
    self.bits = bits
    self.transparentIndex = transparentIndex
  }

  /// Bits of a symbol of `LZWWriter`.
  package var codeBits: Int { max(2, bits) }

  /// All before the blocks of codes.
  package var bytes: [UInt8] {
    var head = Array("GIF89a".utf8)
    head.append(littleEndian: width)
    head.append(littleEndian: height)
    // A global colour table of 2^bits colours; background colour 0; square pixels.
    head += [0xF0 | UInt8(bits - 1), 0, 0]
    for color in colors { head += [color.x, color.y, color.z] }
    head += [UInt8](repeating: 0, count: (1 << bits - colors.count) * 3)
    if let transparentIndex { head += [0x21, 0xF9, 4, 1, 0, 0, transparentIndex, 0] }
    head += [0x2C, 0, 0, 0, 0]
    head.append(littleEndian: width)
    head.append(littleEndian: height)
    head += [0, UInt8(codeBits)]
    return head
  }

  /// Codes in blocks of at most 255 bytes behind their length.
  package static func blocks(of codes: [UInt8]) -> [UInt8] {
    var blocks: [UInt8] = []
    blocks.reserveCapacity(codes.count + codes.count / 255 + 1)
    for start in stride(from: 0, to: codes.count, by: 255) {
      let piece = codes[start..<min(start + 255, codes.count)]
      blocks.append(UInt8(piece.count))
      blocks += piece
    }
    return blocks
  }

  /// All behind the blocks.
  package static let trailer: [UInt8] = [0, 0x3B]
}
