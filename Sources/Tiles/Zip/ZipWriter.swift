/// Writes an archive of stored members to a file, from the first byte to the last.
///
/// As readers of tile packages want it (tile packages, 7): nothing compressed, no flags but that of names in UTF-8, sizes and
/// checksum in the local header, 64-bit fields only where they are needed. In memory are the entries of the directory.
final class ZipWriter: CacheOutput {
  /// The name in its folder.
  let fileName: String
  let output: OutputFile
  private let threshold: Int
  private var directory: [UInt8] = []
  private var count = 0
  private var entry: ZipEntry?
  private var head = 0

  /// Makes an archive. It stands under its name only after `finish`, and is removed when it is let go before that.
  /// - Parameters:
  ///   - folder: the folder that it is made in.
  ///   - fileName: its name there.
  ///   - zip64Threshold: from which size or offset on fields have 64 bits; the format's own except for tests.
  /// - Throws: `TileCacheError.system`.
  init(
    folder: String, fileName: String, zip64Threshold: Int = ZipEntry.zip64Threshold
  ) throws(TileCacheError) {
    self.fileName = fileName
    threshold = zip64Threshold
    output = try OutputFile(path: folder + "/" + fileName)
  }

  func begin(_ name: String, head: Int, limit: Int) throws(TileCacheError) {
    precondition(entry == nil, "one member is written after the other")
    let name = Array(name.utf8)
    guard !name.isEmpty, name.count <= Int(UInt16.max) else {
      throw .unsupported("the name of a file in \(fileName) has \(name.count) bytes, more than an archive can hold")
    }
    let entry = ZipEntry(name: name, offset: output.position, hasRoom: limit >= threshold, threshold: threshold)
    // Sizes and checksum follow when they are known; until then the header is a gap, as the head is.
    output.seek(to: output.position + entry.localHeaderBytes + head)
    self.entry = entry
    self.head = head
  }

  func append(_ bytes: ArraySlice<UInt8>) throws(TileCacheError) {
    try output.append(bytes)
    entry?.checksum.add(bytes)
  }

  func end(head bytes: [UInt8]) throws(TileCacheError) {
    guard var entry else { return }
    precondition(bytes.count == head, "the head has as many bytes as were kept free")
    var checksum = Checksum()
    checksum.add(bytes[...])
    entry.checksum = checksum.followed(by: entry.checksum)
    guard entry.fits else {
      throw .unsupported("a file in \(fileName) has \(entry.checksum.count) bytes, more than was allowed for")
    }
    try output.write(entry.localHeader + bytes, at: entry.offset)
    directory += entry.directoryEntry
    count += 1
    self.entry = nil
  }

  func finish() throws(TileCacheError) -> [String] {
    precondition(entry == nil, "the last member is not ended")
    let offset = output.position
    try output.append(directory)
    try output.append(ending(offset: offset))
    try output.close()
    return [fileName]
  }

  /// The records behind the directory.
  private func ending(offset: Int) -> [UInt8] {
    let (isMany, isFar, isLong) = (count >= 0xFFFF, offset >= threshold, directory.count >= threshold)
    var bytes: [UInt8] = []
    if isMany || isFar || isLong {
      let record = output.position
      bytes += [0x50, 0x4B, 6, 6]
      bytes.append(littleEndian: UInt64(44))
      bytes.append(littleEndian: UInt16(45))
      bytes.append(littleEndian: UInt16(45))
      bytes.append(littleEndian: UInt64(0))
      for number in [count, count, directory.count, offset] { bytes.append(littleEndian: UInt64(number)) }
      bytes += [0x50, 0x4B, 6, 7]
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: UInt64(record))
      bytes.append(littleEndian: UInt32(1))
    }
    bytes += [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    for _ in 0..<2 { bytes.append(littleEndian: isMany ? UInt16.max : UInt16(count)) }
    bytes.append(littleEndian: isLong ? UInt32.max : UInt32(directory.count))
    bytes.append(littleEndian: isFar ? UInt32.max : UInt32(offset))
    bytes.append(littleEndian: UInt16(0))
    return bytes
  }
}
