import Glibc

/// A system call that failed.
struct SystemError: Error {
  /// The system's own words.
  let reason: String

  /// The error of the call just made.
  static var last: SystemError { SystemError(reason: String(cString: strerror(errno))) }
}
