import CLinux
import Glibc

/// A regular file open for reading, closed when the last holder lets go of it.
public final class OpenFile: Sendable {
  let descriptor: Int32
  /// The length in bytes when it was opened.
  public let count: Int
  /// When the content last changed, in seconds since 1970.
  public let modified: Int
  /// A strong entity tag out of length, time of change in nanoseconds and inode.
  public let entityTag: EntityTag

  /// Opens a file.
  ///
  /// - Throws: `SystemError` when it can't be read or is not a regular file.
  public init(path: String) throws(SystemError) {
    descriptor = linux_open_regular(path)
    guard descriptor >= 0 else { throw SystemError.current("open \(path)") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = SystemError.current("stat \(path)")
      close(descriptor)
      throw error
    }
    count = Int(status.st_size)
    modified = status.st_mtim.tv_sec
    let nanoseconds = UInt64(bitPattern: Int64(status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec))
    entityTag = EntityTag(
      "\(String(UInt64(status.st_size), radix: 16))-\(String(nanoseconds, radix: 16))-\(String(status.st_ino, radix: 16))"
    )
  }

  deinit { close(descriptor) }
}
