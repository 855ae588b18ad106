import CDeflate
import CImage

/// The CRC-32 of bytes that come piece by piece.
struct Checksum: Sendable, Hashable {
  /// The checksum so far.
  private(set) var value: UInt32 = 0
  /// How many bytes it is of.
  private(set) var count = 0

  /// Goes on over more bytes.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    value = bytes.withUnsafeBytes { libdeflate_crc32(value, $0.baseAddress, $0.count) }
    count += bytes.count
  }

  /// The checksum of what `self` is of, followed by what `next` is of.
  func followed(by next: Checksum) -> Checksum {
    var joined = self
    joined.value = UInt32(truncatingIfNeeded: crc32_combine(uLong(value), uLong(next.value), .init(next.count)))
    joined.count += next.count
    return joined
  }
}
