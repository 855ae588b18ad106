/// A zlib stream (RFC 1950) made of pieces.
package struct DeflatePieces: Sendable {
  /// What stands before the first piece: Deflate with a window of 32 KiB.
  package static let head: [UInt8] = [0x78, 0x01]

  private var checksum: UInt32 = 1

  /// A stream without pieces.
  package init() {}

  /// Says that a piece follows.
  package mutating func add(_ piece: DeflatePiece.Content) {
    checksum = Self.combined(checksum, piece.checksum, count: piece.count)
  }

  /// What stands behind the last piece: an empty last block and the checksum.
  package var tail: [UInt8] {
    var tail: [UInt8] = [0x03, 0x00]
    tail.append(bigEndian: checksum)
    return tail
  }

  /// Adler-32 of bytes behind others, from the checksums of both: the low half is 1 and the sum of the bytes, the high half
  /// the sum of the low halves after each byte, both modulo 65521.
  private static func combined(_ first: UInt32, _ second: UInt32, count: Int) -> UInt32 {
    let base: UInt64 = 65521
    let (low1, high1) = (UInt64(first & 0xFFFF), UInt64(first >> 16))
    let (low2, high2) = (UInt64(second & 0xFFFF), UInt64(second >> 16))
    let shift = (low1 + base - 1) % base
    let low = (shift + low2) % base
    let high = (high1 + high2 + shift * (UInt64(count) % base)) % base
    return UInt32(high << 16 | low)
  }
}
