import Glibc

/// A system call that failed.
public struct SystemError: Error, Sendable, CustomStringConvertible {
  /// The error number.
  public let code: Int32
  /// What was tried.
  public let action: String

  static func current(_ action: String) -> SystemError { SystemError(code: errno, action: action) }

  /// What was tried and the system's own words for what went wrong.
  public var description: String { "\(action): \(String(cString: strerror(code)))" }
}
