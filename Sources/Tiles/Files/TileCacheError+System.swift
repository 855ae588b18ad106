import Files
import Glibc

extension TileCacheError: SystemFailure {
  /// What failed, with the system's reason for its last refusal.
  static func refused(_ what: String) -> TileCacheError { .system("\(what): \(String(cString: strerror(errno)))") }
}

/// A file of a cache that is being written, under a temporary name until it is whole.
typealias OutputFile = Files.OutputFile<TileCacheError>
