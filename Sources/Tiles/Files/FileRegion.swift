/// A part of a file that is read as a file of its own: a stored member of an archive, or a whole file.
struct FileRegion: Sendable {
  /// The file around it.
  let file: InputFile
  /// Where it begins in the file.
  let offset: Int
  /// Its length in bytes.
  let count: Int
  /// What messages call it.
  let name: String

  /// `count` bytes from `offset` on, counted within the region.
  /// - Throws: `damaged` when the region ends before.
  func read(at offset: Int, count: Int) throws(TileCacheError) -> [UInt8] {
    guard count >= 0, offset >= 0, count <= self.count, offset <= self.count - count else {
      throw .damaged("\(name) ends before byte \(offset) + \(count)")
    }
    return try file.read(at: self.offset + offset, count: count)
  }
}
