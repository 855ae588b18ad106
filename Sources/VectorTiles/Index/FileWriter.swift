import Glibc

/// Writes a file under a temporary name, which it loses when it is whole. Without that it goes with the writer.
struct FileWriter: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var buffer = ByteBuffer(capacity: FileWriter.bufferSize + 4096)
  private var written = 0

  private static let bufferSize = 1 << 20

  /// A file that will have this path.
  init(path: String) throws(VectorTileError) {
    self.path = path
    var template = Array((path + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw .file(path: path, Self.lastError) }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      // Gone already where the file has its name.
      unlink(temporary)
    }
  }

  /// How many bytes have been appended.
  var count: Int { written + buffer.count }

  /// What the system says about the last failure.
  static var lastError: String { String(cString: strerror(errno)) }

  /// Appends bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(VectorTileError) {
    buffer.append(bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends the bytes of values that have no padding.
  mutating func append<T: BitwiseCopyable>(_ values: [T]) throws(VectorTileError) {
    for start in stride(from: 0, to: values.count, by: 1 << 15) {
      values[start..<min(start + 1 << 15, values.count)].withUnsafeBytes { buffer.append($0) }
      if buffer.count >= Self.bufferSize { try flush() }
    }
  }

  private mutating func flush() throws(VectorTileError) {
    try write(buffer.bytes, at: written)
    written += buffer.count
    buffer.truncate(to: 0)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(VectorTileError) {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .file(path: path, Self.lastError) }
      done += count
    }
  }

  /// Overwrites the first bytes, and gives the file its name.
  mutating func finish(head: [UInt8]) throws(VectorTileError) {
    try flush()
    buffer.append(head)
    try write(buffer.bytes, at: 0)
    guard rename(temporary, path) == 0 else { throw .file(path: path, Self.lastError) }
  }
}
