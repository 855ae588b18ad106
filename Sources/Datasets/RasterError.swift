/// Why a raster can't be served.
public enum RasterError: Error, Sendable, Hashable {
  /// The file can't be opened or read; the text says why.
  case unreadable(String)
  /// The file can't be opened now, for too many files are open; the text says which.
  case exhausted(String)
  /// The file is damaged; the text says where.
  case damaged(String)
  /// The file is sound, but of a kind that is not served; the text says what and what to do.
  case unsupported(String)

  /// The reason, in one sentence for the owner of the file.
  public var reason: String {
    switch self {
    case .unreadable(let text), .exhausted(let text), .damaged(let text), .unsupported(let text): text
    }
  }
}
