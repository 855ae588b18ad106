/// How a cache keeps its tiles, under ArcGIS' names.
public enum TileStorage: String, CaseIterable, Sendable {
  /// Bundles of 128 x 128 tiles with their index in a file beside them (`.bundle`, `.bundlx`).
  case compact = "esriMapCacheStorageModeCompact"
  /// Bundles of 128 x 128 tiles that begin with their index.
  case compactV2 = "esriMapCacheStorageModeCompactV2"
  /// A file for each tile.
  case exploded = "esriMapCacheStorageModeExploded"

  /// Rows and columns of tiles that a bundle holds.
  public static let packetSize = 128

  /// Bytes that a tile has at most: bundles count its size in 24 bits.
  public static let maximumTileBytes = (1 << 24) - 1

  /// Bytes of a bundle besides its tiles: heads, index, and of the first kind the records of missing tiles (tile
  /// packages, 2 and 3). A file for each tile has none.
  public var bundleBytes: Int {
    switch self {
    case .compact: 65_596 + 81_952
    case .compactV2: 64 + 131_072
    case .exploded: 0
    }
  }
}
