extension [UInt8] {
  /// Appends a number, least byte first.
  mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Puts a number at an offset, least byte first.
  /// - Precondition: the array is long enough.
  mutating func put<T: FixedWidthInteger>(littleEndian value: T, at offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self) }
  }

  /// The number at an offset, least byte first.
  /// - Precondition: the array is long enough.
  func littleEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> T {
    withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
  }
}
