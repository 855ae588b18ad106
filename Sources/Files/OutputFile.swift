import Glibc

/// A file that is being written, under a temporary name until it is whole. Its errors are those of the module that writes.
///
/// Used by one thread at a time, as the writer that owns it is; the lock-free descriptor and position are its state.
public final class OutputFile<Failure: SystemFailure> {
  /// Where the next `append` goes, in bytes.
  public private(set) var position = 0
  private let path: String
  private let descriptor: Int32
  private var isOpen = true

  /// Makes a file. It stands under `path` only after `close()`, and is removed when it is let go before that.
  /// - Throws: `Failure.system`, as everything here does.
  public init(path: String) throws(Failure) {
    self.path = path
    descriptor = open(path + ".part", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure("can't make \(path)") }
  }

  deinit {
    guard isOpen else { return }
    Glibc.close(descriptor)
    unlink(path + ".part")
  }

  /// Writes bytes behind what was appended before.
  public func append(_ bytes: [UInt8]) throws(Failure) { try append(bytes[...]) }

  /// Writes bytes behind what was appended before.
  public func append(_ bytes: ArraySlice<UInt8>) throws(Failure) {
    try write(bytes, at: position)
    position += bytes.count
  }

  /// Writes bytes at an offset; the position stays.
  public func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
    try write(bytes[...], at: offset)
  }

  /// Writes bytes at an offset; the position stays.
  public func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written, off_t(offset + written))
      }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        throw Self.failure("can't write \(path)")
      }
      written += count
    }
  }

  /// Moves the position, as over a gap that is filled later.
  public func seek(to offset: Int) { position = offset }

  /// Gives the whole file its name.
  public func close() throws(Failure) {
    isOpen = false
    guard Glibc.close(descriptor) == 0, rename(path + ".part", path) == 0 else {
      let error = Self.failure("can't finish \(path)")
      unlink(path + ".part")
      throw error
    }
  }

  private static func failure(_ what: String) -> Failure {
    .system("\(what): \(String(cString: strerror(errno)))")
  }
}
