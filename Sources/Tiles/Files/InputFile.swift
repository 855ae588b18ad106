import Glibc

/// A file open for reading at any place, from many threads at once.
final class InputFile: Sendable {
  /// Where it is.
  let path: String
  /// Length in bytes when the file was opened.
  let size: Int
  private let descriptor: Int32

  /// Opens a file.
  /// - Throws: `system` when it can't be opened or is no regular file.
  init(path: String) throws(TileCacheError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .refused("\(path) can't be opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .system("\(path) is not a regular file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// A file that may be missing; `nil` when it is.
  /// - Throws: `system` when it is there and can't be opened.
  static func ifPresent(_ path: String) throws(TileCacheError) -> InputFile? {
    var status = stat()
    if stat(path, &status) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
    return try InputFile(path: path)
  }

  /// The name in its folder.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The whole file as a region.
  var region: FileRegion { FileRegion(file: self, offset: 0, count: size, name: name) }

  /// `count` bytes from `offset` on. Memory is taken only when the file is that long.
  /// - Throws: `damaged` when the file ends before.
  func read(at offset: Int, count: Int) throws(TileCacheError) -> [UInt8] {
    guard count >= 0, offset >= 0, count <= size, offset <= size - count else {
      throw .damaged("\(name) ends before byte \(offset) + \(count)")
    }
    var failure: TileCacheError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count, failure == nil {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + initialized }, count - initialized, off_t(offset + initialized))
        if got > 0 {
          initialized += got
        } else if got == 0 {
          failure = .damaged("\(name) has become shorter")
        } else if errno != EINTR {
          failure = .refused("\(name) can't be read")
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
