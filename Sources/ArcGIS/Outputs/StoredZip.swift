import CDeflate

/// A zip archive of stored members, whole in memory.
struct StoredZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  /// Adds a file.
  /// - Precondition: the archive stays below 4 GiB.
  mutating func add(_ name: String, _ bytes: [UInt8]) {
    let offset = UInt32(body.count)
    let checksum = bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    var common: [UInt8] = []
    // Version 2.0, UTF-8 names, stored, 1 January 1980.
    for value: UInt16 in [20, 0x0800, 0, 0, 0x0021] { common.append(littleEndian: value) }
    common.append(littleEndian: checksum)
    common.append(littleEndian: UInt32(bytes.count))
    common.append(littleEndian: UInt32(bytes.count))
    common.append(littleEndian: UInt16(name.utf8.count))
    common.append(littleEndian: UInt16(0))
    body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
    directory += [0x50, 0x4B, 1, 2, 20, 0] + common
    directory += [UInt8](repeating: 0, count: 10)
    directory.append(littleEndian: offset)
    directory += Array(name.utf8)
    count += 1
  }

  /// The archive's bytes.
  func archive() -> [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    end.append(littleEndian: count)
    end.append(littleEndian: count)
    end.append(littleEndian: UInt32(directory.count))
    end.append(littleEndian: UInt32(body.count))
    end.append(littleEndian: UInt16(0))
    return body + directory + end
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
