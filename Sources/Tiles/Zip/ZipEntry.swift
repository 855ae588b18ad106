/// A stored member of an archive that is written: what its headers say.
struct ZipEntry {
  /// Numbers from here on stand in fields of 64 bits.
  static let zip64Threshold = 0xFFFF_FFFF
  /// Bytes of the field behind a local header that holds sizes of 64 bits, or nothing where they turn out to be needless.
  private static let roomBytes = 20

  /// The path, parts separated by `/`.
  let name: [UInt8]
  /// Where its local header begins.
  let offset: Int
  /// Whether its local header has room for sizes of 64 bits.
  let hasRoom: Bool
  /// From which number on fields have 64 bits.
  let threshold: Int
  /// Its bytes' checksum and length.
  var checksum = Checksum()

  /// Bytes of the local header.
  var localHeaderBytes: Int { 30 + name.count + (hasRoom ? Self.roomBytes : 0) }

  /// Whether the sizes fit the local header.
  var fits: Bool { hasRoom || !isLarge }

  private var isLarge: Bool { checksum.count >= threshold }

  /// The local header.
  var localHeader: [UInt8] {
    var bytes: [UInt8] = [0x50, 0x4B, 3, 4]
    bytes += common(version: isLarge ? 45 : 10, isLarge: isLarge, extraBytes: hasRoom ? Self.roomBytes : 0)
    bytes += name
    guard hasRoom else { return bytes }
    if isLarge {
      bytes.append(littleEndian: UInt16(1))
      bytes.append(littleEndian: UInt16(16))
      bytes.append(littleEndian: UInt64(checksum.count))
      bytes.append(littleEndian: UInt64(checksum.count))
    } else {
      // The room that was not needed, as the padding that archives with aligned members have.
      bytes.append(littleEndian: UInt16(0xD935))
      bytes.append(littleEndian: UInt16(16))
      bytes.append(littleEndian: UInt16(1))
      bytes += [UInt8](repeating: 0, count: 14)
    }
    return bytes
  }

  /// The entry in the central directory.
  var directoryEntry: [UInt8] {
    let isFar = offset >= threshold
    var large: [UInt8] = []
    if isLarge {
      large.append(littleEndian: UInt64(checksum.count))
      large.append(littleEndian: UInt64(checksum.count))
    }
    if isFar { large.append(littleEndian: UInt64(offset)) }
    let version: UInt16 = isLarge || isFar ? 45 : 10
    var bytes: [UInt8] = [0x50, 0x4B, 1, 2]
    bytes.append(littleEndian: max(20, version))
    bytes += common(version: version, isLarge: isLarge, extraBytes: large.isEmpty ? 0 : 4 + large.count)
    // No comment, the first disk, no attributes.
    bytes += [UInt8](repeating: 0, count: 10)
    bytes.append(littleEndian: isFar ? UInt32.max : UInt32(offset))
    bytes += name
    guard !large.isEmpty else { return bytes }
    bytes.append(littleEndian: UInt16(1))
    bytes.append(littleEndian: UInt16(large.count))
    return bytes + large
  }

  /// What both headers have: version needed to lengths of name and field.
  private func common(version: UInt16, isLarge: Bool, extraBytes: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: version)
    bytes.append(littleEndian: UInt16(name.contains { $0 > 127 } ? 0x0800 : 0))
    // Stored, at midnight of 1 January 1980: the same cache gives the same bytes.
    bytes.append(littleEndian: UInt16(0))
    bytes.append(littleEndian: UInt16(0))
    bytes.append(littleEndian: UInt16(0x0021))
    bytes.append(littleEndian: checksum.value)
    for _ in 0..<2 { bytes.append(littleEndian: isLarge ? UInt32.max : UInt32(checksum.count)) }
    bytes.append(littleEndian: UInt16(name.count))
    bytes.append(littleEndian: UInt16(extraBytes))
    return bytes
  }
}
