import Codecs

/// The data of an entry of an Imagine file. What is counted stands behind its number and the offset, from the file's
/// beginning, where it starts; so the data depend on where they come to stand.
struct ImagineData {
  /// The offset of the first byte.
  let offset: Int
  private(set) var bytes: [UInt8] = []

  /// No data yet.
  init(at offset: Int) { self.offset = offset }

  /// Appends a 32-bit number (`l` and `L` of the data dictionary).
  mutating func append(long value: Int) { bytes.append(littleEndian: UInt32(truncatingIfNeeded: value)) }

  /// Appends a 16-bit number or the number of an enumeration's case (`s` and `e`).
  mutating func append(short value: Int) { bytes.append(littleEndian: UInt16(truncatingIfNeeded: value)) }

  /// Appends the offset of a spill file (`2:L`), least significant half first.
  mutating func append(offset value: Int) { bytes.append(littleEndian: UInt64(value)) }

  /// Appends a 64-bit floating-point number (`d`).
  mutating func append(double value: Double) { bytes.append(littleEndian: value.bitPattern) }

  /// Appends the number of the items that follow, and where they do (`p` and `*`); the offset is 0 when there are none.
  mutating func append(count: Int) {
    append(long: count)
    append(long: count == 0 ? 0 : offset + bytes.count + 4)
  }

  /// Appends a text and its length (`0:pc`).
  mutating func append(text: String) {
    append(count: text.utf8.count + 1)
    append(characters: text)
  }

  /// Appends a text and the zero that ends it.
  mutating func append(characters text: String) { bytes += Array(text.utf8) + [0] }
}
