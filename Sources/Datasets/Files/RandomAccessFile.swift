import Glibc

/// A file open for reading at any place, from many threads at once.
final class RandomAccessFile: Sendable {
  let path: String
  let descriptor: Int32
  /// Length in bytes when the file was opened.
  let size: Int
  /// Time of the last change, in nanoseconds since 1970.
  let modified: Int

  init(path: String) throws(RasterError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      let reason = "\(path) can't be opened: \(String(cString: strerror(number)))"
      throw number == EMFILE || number == ENFILE ? .exhausted(reason) : .unreadable(reason)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable("\(path) is not a regular file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(status.st_size)
    modified = status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec
  }

  deinit { close(descriptor) }

  /// A file that may be missing; `nil` when it can't be opened.
  /// - Throws: `exhausted` when too many files are open: a mask that is there must not count as missing.
  static func ifPresent(_ path: String) throws(RasterError) -> RandomAccessFile? {
    do throws(RasterError) { return try RandomAccessFile(path: path) } catch {
      if case .exhausted = error { throw error }
      return nil
    }
  }

  /// The name in its folder.
  var name: String { path.lastPathComponent }

  /// Equal for two files only when their contents are.
  var identity: String { "\(path):\(size):\(modified)" }

  /// Fills `buffer` from `offset` on.
  /// - Throws: `damaged` when the file ends before.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(RasterError) {
    guard offset >= 0, buffer.count <= size, offset <= size - buffer.count else {
      throw .damaged("\(name) ends before byte \(offset) + \(buffer.count)")
    }
    var done = 0
    while done < buffer.count {
      guard let base = buffer.baseAddress else { return }
      let got = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw .unreadable("\(name) can't be read at byte \(offset + done)") }
      done += got
    }
  }

  /// `count` bytes from `offset` on. Memory is taken only when the file is that long.
  func read(at offset: Int, count: Int) throws(RasterError) -> [UInt8] {
    guard count >= 0, offset >= 0, count <= size, offset <= size - count else {
      throw .damaged("\(name) ends before byte \(offset) + \(count)")
    }
    return try [UInt8].filled(count: count) { (buffer) throws(RasterError) in try read(at: offset, into: buffer) }
  }
}

extension [UInt8] {
  /// An array of `count` bytes that `body` writes, every one of them.
  static func filled<E: Error>(
    count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Void
  ) throws(E) -> [UInt8] {
    var failure: E?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(E) {
        try body(UnsafeMutableRawBufferPointer(buffer))
        initialized = count
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}

extension String {
  /// What follows the last slash.
  var lastPathComponent: String { split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? self }
}
