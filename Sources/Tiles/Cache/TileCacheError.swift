/// Why a cache or package can't be read or written.
public enum TileCacheError: Error, Sendable, Hashable {
  /// It is damaged; the text says where.
  case damaged(String)
  /// It is sound, but of a kind that is not read; the text says what and what to do.
  case unsupported(String)
  /// The system refuses: a full disk, a file that can't be opened. The text says what failed and why.
  case system(String)
  /// The caller asked to stop.
  case cancelled

  /// The reason in words.
  public var reason: String {
    switch self {
    case .damaged(let text), .unsupported(let text), .system(let text): text
    case .cancelled: "it was cancelled"
    }
  }
}
