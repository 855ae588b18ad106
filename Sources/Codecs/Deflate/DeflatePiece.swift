import CDeflate
import CImage

/// A part of a zlib stream, made without the parts before it: so several threads compress one stream.
///
/// It ends on a whole byte and is not the last part: `DeflatePieces` puts the parts together.
package struct DeflatePiece: Sendable {
  /// Deflate's blocks (RFC 1951).
  package let bytes: [UInt8]
  /// What they inflate to.
  package let content: Content

  /// What has to be known of a piece's content to go on without it.
  package struct Content: Sendable {
    /// Its Adler-32 checksum.
    let checksum: UInt32
    /// Its length in bytes.
    let count: Int

    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
      checksum = libdeflate_adler32(1, bytes.baseAddress, bytes.count)
      count = bytes.count
    }
  }

  /// A piece of any bytes, searched for repetitions.
  /// - Parameter level: how thorough the search is, from 1 to 9.
  package init(of content: UnsafeBufferPointer<UInt8>, level: Int32) throws(EncodingError) {
    bytes = try Self.searched(content, level: level)
    self.content = Content(content)
  }

  /// A piece of differences from good predictions, see `ZlibStream.ofDifferences`.
  package init(ofDifferences content: UnsafeBufferPointer<UInt8>, level: Int32) throws(EncodingError) {
    let blocks = ZlibStream.literalBlocks(of: content)
    let (bits, literals) = (blocks.reduce(0) { $0 + $1.bitCount }, blocks.reduce(0) { $0 + $1.literalCount })
    if Double(bits) < ZlibStream.repetitiveBits * Double(literals) {
      bytes = try Self.searched(content, level: level)
    } else {
      // An empty stored block ends on a whole byte; the rest is the room that the bit writer wants.
      bytes = [UInt8](unsafeUninitializedCapacity: bits / 8 + 1 + 6 + 8) { out, count in
        guard let start = out.baseAddress else { return }
        var writer = BitWriter(to: start)
        for block in blocks { block.write(to: &writer, isLast: false) }
        writer.add(0, bits: 3)
        writer.align()
        writer.add(0xFFFF_0000, bits: 32)
        writer.flush()
        count = writer.byteCount
      }
    }
    self.content = Content(content)
  }

  /// What zlib makes of bytes; libdeflate makes whole streams only.
  private static func searched(_ content: UnsafeBufferPointer<UInt8>, level: Int32) throws(EncodingError) -> [UInt8] {
    guard let count = UInt32(exactly: content.count) else { throw .library("more than 4 GiB in one piece") }
    var stream = z_stream()
    // No header and checksum, a window of 32 KiB, zlib's own choice of memory.
    let (rawWindowBits, memoryLevel): (Int32, Int32) = (-15, 8)
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, rawWindowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .library("no memory for a compressor") }
    defer { deflateEnd(&stream) }
    // The bound is that of a whole stream; a flush adds an empty block.
    let bound = Int(deflateBound(&stream, UInt(count))) + 16
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { out, filled in
      stream.next_in = UnsafeMutablePointer(mutating: content.baseAddress)
      stream.avail_in = count
      stream.next_out = out.baseAddress
      stream.avail_out = UInt32(truncatingIfNeeded: bound)
      // With room left after it, the flush is complete.
      isWhole = deflate(&stream, Z_SYNC_FLUSH) == Z_OK && stream.avail_in == 0 && stream.avail_out > 0
      filled = isWhole ? bound - Int(stream.avail_out) : 0
    }
    guard isWhole else { throw .library("a piece could not be compressed") }
    return bytes
  }
}
