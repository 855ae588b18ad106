/// How the tiles of a cache are encoded, as `format` of `tileInfo` calls it (tile packages, 5).
public enum TileFormat: String, CaseIterable, Sendable {
  /// The smallest PNG that holds a tile: palette, RGB or RGBA.
  case png = "PNG"
  /// PNG with a palette.
  case png8 = "PNG8"
  /// PNG of red, green and blue.
  case png24 = "PNG24"
  /// PNG of red, green, blue and alpha.
  case png32 = "PNG32"
  /// Baseline JPEG.
  case jpeg = "JPEG"
  /// JPEG where a tile is wholly opaque, PNG32 where any pixel is transparent.
  case mixed = "MIXED"
  /// LERC of elevations: a sample on each corner of the tile's pixels, so one more a row and column.
  case lerc = "LERC"
  /// LERC of values: a sample for each of the tile's pixels.
  case lerc2D = "LERC2D"
  /// Mapbox vector tiles, compressed by gzip.
  case pbf = "pbf"

  /// The format of a name, whatever its case; `JPG` counts as JPEG.
  public init?(name: String) {
    let name = name.lowercased() == "jpg" ? "jpeg" : name.lowercased()
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else { return nil }
    self = found
  }

  /// Whether tiles hold values rather than colours.
  public var isLerc: Bool { self == .lerc || self == .lerc2D }
}
