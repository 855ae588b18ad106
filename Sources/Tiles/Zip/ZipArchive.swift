import CDeflate

/// An archive open for reading, from many threads at once. Members are found by the central directory; what local headers
/// say of sizes is not needed.
///
/// Nothing that an archive claims is believed before it was held against the length of the file: memory is taken for a
/// member only as far as its stored bytes can account for.
final class ZipArchive: CacheSource {
  /// The file's name.
  let name: String
  /// What there is, by path.
  let members: [String: Member]
  private let file: InputFile
  /// Where members end and the directory begins.
  private let end: Int

  /// What the directory says of a member.
  struct Member: Sendable, Hashable {
    /// Where its local header begins.
    var offset: Int
    /// Its bytes in the archive.
    var storedBytes: Int
    /// Its bytes when it is expanded.
    var bytes: Int
    /// 0 is stored, 8 is deflated.
    var method: Int
    /// Whether it is encrypted.
    var isEncrypted: Bool
    /// The checksum of its expanded bytes.
    var checksum: UInt32
  }

  /// Deflate makes at most 258 bytes of two bits.
  private static let bestRatio = 1032

  /// Whether a file begins like an archive with members.
  static func matches(_ head: [UInt8]) -> Bool { head.starts(with: [0x50, 0x4B, 3, 4]) }

  /// Reads the directory.
  /// - Throws: `damaged` when it is broken, `unsupported` for an archive of several disks or of more members than a cache has.
  init(file: InputFile) throws(TileCacheError) {
    self.file = file
    name = file.name
    let directory = try ZipDirectory(of: file)
    members = try directory.members(of: file)
    end = directory.offset
  }

  func region(_ path: String) throws(TileCacheError) -> FileRegion? {
    guard let member = members[path] else { return nil }
    guard member.method == 0 else {
      throw .unsupported(
        "\(path) in \(name) is compressed: tiles are read from stored members only; unzip it and pack it again with zip -0"
      )
    }
    return try stored(member, path)
  }

  func bytes(_ path: String, limit: Int) throws(TileCacheError) -> [UInt8]? {
    guard let member = members[path] else { return nil }
    guard member.bytes <= limit else {
      throw .unsupported("\(path) in \(name) has \(member.bytes) bytes: more than \(limit) are not read")
    }
    let region = try stored(member, path)
    let stored = try region.read(at: 0, count: region.count)
    guard member.method != 0 else { return stored }
    guard member.method == 8 else {
      throw .unsupported("\(path) in \(name) is compressed in a way that is not read: pack it again with zip -0")
    }
    guard member.bytes / Self.bestRatio <= member.storedBytes,
      let bytes = Self.inflate(stored, count: member.bytes),
      bytes.withUnsafeBytes({ libdeflate_crc32(0, $0.baseAddress, $0.count) }) == member.checksum
    else { throw .damaged("\(path) in \(name) can't be expanded") }
    return bytes
  }

  func checkBundles(in folder: String) throws(TileCacheError) {
    for (path, member) in members where member.method != 0 && path.hasPrefix(folder + "/") {
      // Other files may lie there too: file managers leave theirs.
      let name = path.split(separator: "/").last
      if name?.first == "R" || name?.first == "C" { _ = try region(path) }
    }
  }

  func levels(in folder: String) -> [Int] {
    let prefix = folder + "/"
    var levels: Set<Int> = []
    for path in members.keys where path.hasPrefix(prefix) {
      if let level = Self.level(of: path.dropFirst(prefix.count).prefix { $0 != "/" }) { levels.insert(level) }
    }
    return levels.sorted()
  }

  /// Where a member's bytes are in the file.
  private func stored(_ member: Member, _ path: String) throws(TileCacheError) -> FileRegion {
    guard !member.isEncrypted else { throw .unsupported("\(path) in \(name) is encrypted: pack it again without") }
    let damage = TileCacheError.damaged("\(path) in \(name) is not where the directory says")
    guard member.offset <= end - 30 else { throw damage }
    let header = try file.read(at: member.offset, count: 30)
    guard Self.matches(header) else { throw damage }
    let start =
      member.offset + 30 + Int(header.littleEndian(UInt16.self, at: 26))
      + Int(header.littleEndian(UInt16.self, at: 28))
    guard start <= end, member.storedBytes <= end - start, member.method != 0 || member.bytes == member.storedBytes
    else { throw damage }
    return FileRegion(file: file, offset: start, count: member.storedBytes, name: "\(path) in \(name)")
  }

  /// `nil` when it is damaged or not of so many bytes.
  private static func inflate(_ stored: [UInt8], count: Int) -> [UInt8]? {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var result = LIBDEFLATE_BAD_DATA
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      result = stored.withUnsafeBytes { source in
        libdeflate_deflate_decompress(
          decompressor, source.baseAddress, source.count, buffer.baseAddress, count, nil)
      }
      initialized = result == LIBDEFLATE_SUCCESS ? count : 0
    }
    return result == LIBDEFLATE_SUCCESS ? bytes : nil
  }
}
