import Glibc

/// Paths without symbolic links, `.` and `..`.
enum CanonicalPath {
  /// The canonical path of something that is there; `nil` when it is not.
  static func of(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
