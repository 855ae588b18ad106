/// A place in bytes that may be anything: what goes beyond their end reads as 0, and is remembered.
struct ByteCursor {
  private var next: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  /// Whether something went beyond the end, or was no number.
  private(set) var failed = false

  /// At the first byte. The memory must outlive the cursor.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    next = start
    end = start + bytes.count
  }

  /// How many bytes are left.
  var remaining: Int { end - next }

  /// The next byte.
  @inline(__always)
  mutating func byte() -> UInt8 {
    guard next < end else {
      failed = true
      return 0
    }
    defer { next += 1 }
    return next.pointee
  }

  /// The next varint.
  @inline(__always)
  mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while next < end {
      let byte = next.pointee
      next += 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift &+= 7
      if shift > 63 { break }
    }
    failed = true
    return 0
  }

  /// The next varint, which counts things: more than `limit` of them are a failure.
  @inline(__always)
  mutating func count(atMost limit: Int) -> Int {
    let value = varint()
    guard value <= UInt64(max(0, limit)) else {
      failed = true
      return 0
    }
    return Int(value)
  }

  /// The next varint of either sign.
  @inline(__always)
  mutating func zigzag() -> Int {
    let value = varint()
    return Int(truncatingIfNeeded: value >> 1) ^ -Int(truncatingIfNeeded: value & 1)
  }

  /// The next bytes; none where there are fewer.
  @inline(__always)
  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= remaining else {
      failed = true
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    defer { next += count }
    return UnsafeRawBufferPointer(start: next, count: count)
  }

  /// Leaves bytes out.
  mutating func skip(_ count: Int) { _ = bytes(count) }
}
