/// The order of bytes in the numbers of a file.
struct ByteOrder: Sendable, Hashable {
  let isBigEndian: Bool

  static var host: ByteOrder { ByteOrder(isBigEndian: UInt16(1).bigEndian == 1) }

  /// A number at byte `offset`, which need not be aligned.
  func load<T: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ offset: Int, as type: T.Type) -> T {
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
    return isBigEndian ? T(bigEndian: raw) : T(littleEndian: raw)
  }

  func u16(_ bytes: [UInt8], _ offset: Int) -> UInt16 { bytes.withUnsafeBytes { load($0, offset, as: UInt16.self) } }
  func u32(_ bytes: [UInt8], _ offset: Int) -> UInt32 { bytes.withUnsafeBytes { load($0, offset, as: UInt32.self) } }
  func u64(_ bytes: [UInt8], _ offset: Int) -> UInt64 { bytes.withUnsafeBytes { load($0, offset, as: UInt64.self) } }

  /// The bytes of a number in this order.
  func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { [UInt8]($0) }
  }
}
