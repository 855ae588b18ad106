import CDeflate

/// Bytes as a zlib stream (RFC 1950).
package enum ZlibStream {
  /// Bytes that share a Huffman code: few enough to adapt, enough to pay for the code.
  private static let blockBytes = 65536
  /// Below so many bits a byte outside of runs of zeros, a search for repetitions is worth its time: there are few
  /// different values, or they repeat themselves.
  static let repetitiveBits = 3.0

  /// The stream of any bytes.
  /// - Parameter level: how thorough the search for repetitions is, from 1 to 12.
  package static func of(_ bytes: UnsafeBufferPointer<UInt8>, level: Int32) throws(EncodingError) -> [UInt8] {
    let deflater = try Deflater(level: level)
    return deflater.zlib(UnsafeRawBufferPointer(bytes))
  }

  /// Bytes in blocks that share a Huffman code. The memory must outlive them.
  static func literalBlocks(of bytes: UnsafeBufferPointer<UInt8>) -> [LiteralBlock] {
    stride(from: 0, to: bytes.count, by: blockBytes).map { start in
      LiteralBlock(UnsafeBufferPointer(rebasing: bytes[start..<min(start + blockBytes, bytes.count)]))
    }
  }

  /// The stream of differences from good predictions, each row having its best one: those of shades do not repeat
  /// themselves, and are written without a search, several times faster.
  /// - Parameter level: how thorough the search is where there is one after all.
  static func ofDifferences(_ bytes: UnsafeBufferPointer<UInt8>, level: Int32) throws(EncodingError) -> [UInt8] {
    let blocks = literalBlocks(of: bytes)
    let (bits, literals) = (blocks.reduce(0) { $0 + $1.bitCount }, blocks.reduce(0) { $0 + $1.literalCount })
    if Double(bits) < repetitiveBits * Double(literals) { return try of(bytes, level: level) }
    // Header, blocks, checksum, and the room that the bit writer wants.
    var stream = [UInt8](unsafeUninitializedCapacity: 2 + bits / 8 + 1 + 8) { out, count in
      guard let start = out.baseAddress else { return }
      // Deflate with a window of 32 KiB, written fast.
      (start[0], start[1]) = (0x78, 0x01)
      var writer = BitWriter(to: start + 2)
      for (number, block) in blocks.enumerated() { block.write(to: &writer, isLast: number == blocks.count - 1) }
      writer.align()
      count = 2 + writer.byteCount
    }
    stream.append(bigEndian: libdeflate_adler32(1, bytes.baseAddress, bytes.count))
    return stream
  }
}
