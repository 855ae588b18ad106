/// Why a layer can't be had, or a tile not be cut.
public enum VectorTileError: Error, Sendable, Hashable {
  /// A file can't be opened, read or written; the text is the system's.
  case file(path: String, String)
  /// A file is no GeoJSON from some byte on, counted from 0; the text says what was expected, in one sentence.
  case notGeoJSON(path: String, offset: Int, String)
  /// A file's `crs` names a spatial reference that can't be used; the text says which and why, in one sentence.
  case spatialReference(path: String, String)
  /// An index is not what was written; opening its source anew makes another one.
  case damagedIndex(path: String)
  /// A tree of tiles would have more of them than were asked for at most.
  case tooManyTiles(limit: Int)

  /// The reason, in one sentence.
  public var reason: String {
    switch self {
    case .file(let path, let text): "\(path): \(text)."
    case .notGeoJSON(let path, let offset, let text): "\(path) is no GeoJSON at byte \(offset): \(text)."
    case .spatialReference(let path, let text): "\(path): \(text)"
    case .damagedIndex(let path): "The index \(path) is damaged."
    case .tooManyTiles(let limit): "There are more than \(limit) tiles."
    }
  }
}
