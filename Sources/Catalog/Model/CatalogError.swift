/// Why the catalog can't be opened or asked.
public enum CatalogError: Error, Sendable, Hashable {
  /// The data folder is not there, is not a folder or can't be read.
  case dataFolder(path: String, reason: String)
  /// The state folder can't be made or written.
  case stateFolder(path: String, reason: String)
  /// Another running server uses the state folder.
  case stateInUse(path: String)
  /// A where clause is sound, but SQLite can't work it out: a number overflows, or it is too complex. The text is SQLite's.
  case condition(String)
  /// SQLite failed; the text is SQLite's.
  case storage(String)
  /// Pixels that statistics need can't be read.
  case raster(path: String, reason: String)

  /// The reason, in one sentence that says what to do where something can be done.
  public var reason: String {
    switch self {
    case .dataFolder(let path, let reason): "The data folder \(path) can't be served: \(reason)."
    case .stateFolder(let path, let reason): "The state folder \(path) can't be used: \(reason)."
    case .stateInUse(let path):
      "The state folder \(path) is in use by another server: stop that one or give this one a folder of its own."
    case .condition(let text): "The where clause can't be worked out: \(text)."
    case .storage(let text): "The catalog's database failed: \(text)."
    case .raster(let path, let reason): "\(path) can't be read: \(reason)"
    }
  }
}
