/// Why a raster file could not be written. Nothing is left of it then.
public enum RasterFileError: Error, Sendable, Hashable {
  /// The caller asked to stop.
  case cancelled
  /// The rows could not be read.
  case source(String)
  /// The system refuses: a full disk, a folder that can't be written. The text says what failed and why.
  case system(String)
  /// The format can't hold the raster: see `RasterFormat.holds`.
  case unsupported(String)
  /// A codec library failed, in its own words.
  case library(String)

  /// The reason in words.
  public var reason: String {
    switch self {
    case .cancelled: "it was cancelled"
    case .source(let text), .system(let text), .unsupported(let text), .library(let text): text
    }
  }
}
