/// Values of properties as `Value` messages of vector tiles (Mapbox vector tiles 2.1, 4.1).
enum ValueCoding {
  /// Fields of the message, with their wire types.
  private enum Tag {
    static let string: UInt8 = 1 << 3 | 2
    static let float: UInt8 = 2 << 3 | 5
    static let double: UInt8 = 3 << 3 | 1
    static let unsigned: UInt8 = 5 << 3
    static let signed: UInt8 = 6 << 3
    static let boolean: UInt8 = 7 << 3
  }

  /// Appends a text.
  static func append(string: some Collection<UInt8>, to out: inout [UInt8]) {
    out.append(Tag.string)
    append(varint: UInt64(string.count), to: &out)
    out.append(contentsOf: string)
  }

  /// Appends a truth.
  static func append(_ truth: Bool, to out: inout [UInt8]) { out.append(contentsOf: [Tag.boolean, truth ? 1 : 0]) }

  /// Appends a number: one written without a fraction as a whole one, others as `float` where that loses nothing.
  static func append(_ number: JSONScanner.Number, to out: inout [UInt8]) {
    if let magnitude = number.magnitude, !number.isNegative || magnitude == 0 {
      out.append(Tag.unsigned)
      append(varint: magnitude, to: &out)
    } else if let magnitude = number.magnitude, magnitude <= 1 << 63 {
      out.append(Tag.signed)
      append(varint: (magnitude - 1) << 1 | 1, to: &out)
    } else if Double(Float(number.value)) == number.value {
      out.append(Tag.float)
      withUnsafeBytes(of: Float(number.value).bitPattern.littleEndian) { out.append(contentsOf: $0) }
    } else {
      out.append(Tag.double)
      withUnsafeBytes(of: number.value.bitPattern.littleEndian) { out.append(contentsOf: $0) }
    }
  }

  private static func append(varint value: UInt64, to out: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(rest))
  }

  /// The number that a value can stand for as the `id` of a feature: a whole one that is not negative, be it text or not.
  static func identifier(_ value: UnsafeRawBufferPointer) -> UInt64? {
    guard var cursor = ByteCursor(value) else { return nil }
    switch cursor.byte() {
    case Tag.unsigned:
      let number = cursor.varint()
      return cursor.failed ? nil : number
    case Tag.string:
      let count = cursor.count(atMost: cursor.remaining)
      return identifier(text: cursor.bytes(count))
    case Tag.float where cursor.remaining == 4:
      return UInt64(exactly: Float(bitPattern: UInt32(littleEndian: cursor.bytes(4).loadUnaligned(as: UInt32.self))))
    case Tag.double where cursor.remaining == 8:
      return UInt64(exactly: Double(bitPattern: UInt64(littleEndian: cursor.bytes(8).loadUnaligned(as: UInt64.self))))
    default: return nil
    }
  }

  /// The number that a text says in digits alone.
  static func identifier(text: some Collection<UInt8>) -> UInt64? {
    guard !text.isEmpty, text.count <= 20, text.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return UInt64(String(decoding: text, as: UTF8.self))
  }
}
