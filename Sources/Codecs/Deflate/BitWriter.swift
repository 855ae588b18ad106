/// Writes bits into memory, the least significant one of a byte first (RFC 1951, 3.1.1).
///
/// Up to 56 bits may be added between two calls of `flush`, which writes 8 bytes and so needs that much room behind the
/// bits.
struct BitWriter {
  private let start: UnsafeMutableRawPointer
  private var next: UnsafeMutableRawPointer
  private var pending: UInt64 = 0
  private var count: UInt64 = 0

  init(to memory: UnsafeMutableRawPointer) {
    start = memory
    next = memory
  }

  /// Whole bytes written so far.
  var byteCount: Int { next - start }

  /// Adds the lowest `bits` bits of a value that has no others.
  @inline(__always)
  mutating func add(_ value: UInt64, bits: UInt64) {
    pending |= value &<< count
    count &+= bits
  }

  /// Moves whole bytes to memory; fewer than 8 bits stay.
  @inline(__always)
  mutating func flush() {
    next.storeBytes(of: pending.littleEndian, as: UInt64.self)
    let bytes = count &>> 3
    next += Int(truncatingIfNeeded: bytes)
    pending &>>= bytes &<< 3
    count &= 7
  }

  /// Fills the last byte up with zeros.
  mutating func align() {
    count = (count + 7) / 8 * 8
    flush()
  }
}
