import Glibc

/// A file as it is now: what an index says that it was made from.
struct SourceFile: Hashable {
  /// The absolute path.
  let path: String
  /// Bytes.
  let size: Int
  /// When it was changed, in nanoseconds since 1970.
  let changed: Int

  /// A file that is there and can be read.
  init(path: String) throws(VectorTileError) {
    guard let resolved = realpath(path, nil) else { throw .file(path: path, FileWriter.lastError) }
    defer { free(resolved) }
    self.path = String(cString: resolved)
    var status = stat()
    guard stat(resolved, &status) == 0 else { throw .file(path: path, FileWriter.lastError) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .file(path: path, "Is no regular file") }
    size = Int(status.st_size)
    changed = Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
  }

  /// The name of the file's index: FNV-1a of the path.
  var indexName: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let text = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text + ".vectors"
  }
}
