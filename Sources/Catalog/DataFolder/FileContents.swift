import Glibc

/// Reads small files whole.
enum FileContents {
  /// The bytes of a file.
  /// - Parameter limit: the longest file that is read, in bytes.
  static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError.last }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError.last }
    let size = Int(status.st_size)
    guard size <= limit else { throw SystemError(reason: "it is longer than \(limit) bytes") }
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got == 0 { break }
        if got < 0 {
          if errno == EINTR { continue }
          failure = SystemError.last
          break
        }
        count += got
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
