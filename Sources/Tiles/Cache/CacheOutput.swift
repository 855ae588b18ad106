/// Where the files of a cache are written: a zip archive or a folder.
///
/// Used by one thread at a time; one file is written after the other. Nothing stands under its name before `finish`.
protocol CacheOutput: AnyObject {
  /// Begins a file of a length that is not known yet.
  /// - Parameters:
  ///   - name: its path, parts separated by `/`.
  ///   - head: bytes at its beginning that are given at its end.
  ///   - limit: bytes that it can't exceed.
  func begin(_ name: String, head: Int, limit: Int) throws(TileCacheError)

  /// Writes bytes behind what was appended before to the file that was begun.
  func append(_ bytes: ArraySlice<UInt8>) throws(TileCacheError)

  /// Ends the file that was begun.
  /// - Parameter head: the bytes of its beginning, as many as were kept free.
  func end(head: [UInt8]) throws(TileCacheError)

  /// Gives the whole its name.
  /// - Returns: what was made, as names in the folder that it was made in.
  func finish() throws(TileCacheError) -> [String]
}

extension CacheOutput {
  /// Writes a whole file.
  func add(_ name: String, _ bytes: [UInt8]) throws(TileCacheError) {
    try begin(name, head: 0, limit: bytes.count)
    try append(bytes[...])
    try end(head: [])
  }

  /// Writes a whole file.
  func add(_ name: String, _ text: String) throws(TileCacheError) { try add(name, Array(text.utf8)) }

  /// Copies a file, piece by piece.
  func add(_ name: String, copying file: InputFile) throws(TileCacheError) {
    try begin(name, head: 0, limit: file.size)
    var offset = 0
    while offset < file.size {
      let piece = try file.read(at: offset, count: min(1 << 20, file.size - offset))
      try append(piece[...])
      offset += piece.count
    }
    try end(head: [])
  }
}
