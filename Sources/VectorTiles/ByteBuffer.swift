/// Bytes that grow at their end: what tiles and indexes are written into. An array looks at its owner with every byte.
struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// How many bytes there are.
  private(set) var count = 0

  /// No bytes yet.
  init(capacity: Int = 1024) {
    self.capacity = max(64, capacity)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// The bytes; valid until the buffer changes.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
  /// The bytes as an array.
  var array: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  /// Makes room for more bytes, which may then be appended without another look.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if capacity &- count < more { grow(by: more) }
  }

  private mutating func grow(by more: Int) {
    let larger = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: start, count: count)
    start.deallocate()
    start = moved
    capacity = larger
  }

  /// Appends a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    count &+= 1
  }

  /// Appends bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
    reserve(bytes.count)
    UnsafeMutableRawPointer(start + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Appends bytes.
  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  /// Appends a number in groups of seven bits, the least first: protobuf's varint.
  @inline(__always)
  mutating func append(varint value: UInt64) {
    reserve(10)
    var rest = value
    while rest >= 0x80 {
      start[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      count &+= 1
      rest >>= 7
    }
    start[count] = UInt8(truncatingIfNeeded: rest)
    count &+= 1
  }

  /// Appends a number that is not negative as a varint.
  @inline(__always)
  mutating func append(varint value: Int) { append(varint: UInt64(bitPattern: Int64(value))) }

  /// Appends a number of either sign, small ones short: protobuf's zigzag.
  @inline(__always)
  mutating func append(zigzag value: Int) {
    append(varint: UInt64(bitPattern: Int64((value &<< 1) ^ (value &>> 63))))
  }

  /// Appends a number's bytes, the least first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { append($0) }
  }

  /// Takes bytes away from the end, down to a count.
  mutating func truncate(to count: Int) { self.count = min(self.count, max(0, count)) }
}
