/// Where an archive's central directory is, and how much there is of it.
struct ZipDirectory {
  /// Where it begins in the file.
  private(set) var offset: Int
  private var byteCount: Int
  private var count: Int

  /// Bytes that a directory may have: a hundred for each of several hundred thousand members.
  private static let maximumBytes = 32 << 20

  /// Finds the directory by the records at the end of the file.
  init(of file: InputFile) throws(TileCacheError) {
    let damage = TileCacheError.damaged("\(file.name) is no complete zip archive: its directory is missing")
    // The last record, 22 bytes, has a comment of up to 65535 behind it.
    let tailStart = max(0, file.size - 22 - 65535)
    let tail = try file.read(at: tailStart, count: file.size - tailStart)
    guard let last = Self.lastRecord(in: tail) else { throw damage }
    guard tail.littleEndian(UInt16.self, at: last + 4) == 0 || tail.littleEndian(UInt16.self, at: last + 4) == 0xFFFF
    else { throw .unsupported("\(file.name) is one of several parts: join them first") }
    count = Int(tail.littleEndian(UInt16.self, at: last + 10))
    byteCount = Int(tail.littleEndian(UInt32.self, at: last + 12))
    offset = Int(tail.littleEndian(UInt32.self, at: last + 16))
    var limit = tailStart + last
    if count == 0xFFFF || byteCount == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, limit >= 20 {
      let locator = try file.read(at: limit - 20, count: 20)
      if locator.starts(with: [0x50, 0x4B, 6, 7]) {
        let place = locator.littleEndian(UInt64.self, at: 8)
        guard let place = Int(exactly: place), place <= limit - 20 - 56 else { throw damage }
        let record = try file.read(at: place, count: 56)
        guard record.starts(with: [0x50, 0x4B, 6, 6]),
          let count = Int(exactly: record.littleEndian(UInt64.self, at: 32)),
          let byteCount = Int(exactly: record.littleEndian(UInt64.self, at: 40)),
          let offset = Int(exactly: record.littleEndian(UInt64.self, at: 48))
        else { throw damage }
        (self.count, self.byteCount, self.offset, limit) = (count, byteCount, offset, place)
      }
    }
    guard offset <= limit, byteCount <= limit - offset, count <= byteCount / 46 else { throw damage }
    guard byteCount <= Self.maximumBytes else {
      throw .unsupported("\(file.name) has \(count) members, more than a cache of bundles has")
    }
  }

  /// Reads the entries. Of several of one name the last counts.
  func members(of file: InputFile) throws(TileCacheError) -> [String: ZipArchive.Member] {
    let bytes = try file.read(at: offset, count: byteCount)
    var members: [String: ZipArchive.Member] = [:]
    members.reserveCapacity(count)
    var at = 0
    for _ in 0..<count {
      guard let (name, member, next) = Self.entry(bytes, at: at) else {
        throw .damaged("\(file.name) has a damaged directory")
      }
      members[name] = member
      at = next
    }
    return members
  }

  private static func entry(_ bytes: [UInt8], at: Int) -> (String, ZipArchive.Member, next: Int)? {
    guard at <= bytes.count - 46, bytes[at..<(at + 4)].elementsEqual([0x50, 0x4B, 1, 2]) else { return nil }
    func short(_ offset: Int) -> Int { Int(bytes.littleEndian(UInt16.self, at: at + offset)) }
    func long(_ offset: Int) -> Int { Int(bytes.littleEndian(UInt32.self, at: at + offset)) }
    let (nameBytes, extraBytes, commentBytes) = (short(28), short(30), short(32))
    let next = at + 46 + nameBytes + extraBytes + commentBytes
    guard next <= bytes.count else { return nil }
    var member = ZipArchive.Member(
      offset: long(42), storedBytes: long(20), bytes: long(24), method: short(10), isEncrypted: short(8) & 1 != 0,
      checksum: UInt32(long(16)))
    let extra = (at + 46 + nameBytes)..<(at + 46 + nameBytes + extraBytes)
    guard enlarge(&member, bytes, extra) else { return nil }
    let name = String(decoding: bytes[(at + 46)..<(at + 46 + nameBytes)], as: UTF8.self)
    return (name, member, next)
  }

  /// Takes numbers of 64 bits from the field that holds them. `false` when one is missing or out of range.
  private static func enlarge(_ member: inout ZipArchive.Member, _ bytes: [UInt8], _ extra: Range<Int>) -> Bool {
    let all = 0xFFFF_FFFF
    guard member.bytes == all || member.storedBytes == all || member.offset == all else { return true }
    var at = extra.lowerBound
    while at + 4 <= extra.upperBound {
      let end = at + 4 + Int(bytes.littleEndian(UInt16.self, at: at + 2))
      guard end <= extra.upperBound else { return false }
      guard bytes.littleEndian(UInt16.self, at: at) == 1 else {
        at = end
        continue
      }
      at += 4
      for field in [\ZipArchive.Member.bytes, \.storedBytes, \.offset] where member[keyPath: field] == all {
        guard at + 8 <= end, let number = Int(exactly: bytes.littleEndian(UInt64.self, at: at)) else { return false }
        member[keyPath: field] = number
        at += 8
      }
      return true
    }
    // Without the field the numbers mean what they say.
    return true
  }

  private static func lastRecord(in tail: [UInt8]) -> Int? {
    var at = tail.count - 22
    while at >= 0 {
      if tail[at] == 0x50, tail[at + 1] == 0x4B, tail[at + 2] == 5, tail[at + 3] == 6,
        Int(tail.littleEndian(UInt16.self, at: at + 20)) <= tail.count - 22 - at
      {
        return at
      }
      at -= 1
    }
    return nil
  }
}
