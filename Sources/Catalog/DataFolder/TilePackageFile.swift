import Tiles

/// Tells packages of tiles from other files, and those of pictures from those of vectors.
enum TilePackageFile {
  private static let extensions: Set<String> = ["tpk", "tpkx", "mbtiles", "vtpk"]

  /// Whether a file is a package of tiles by its name.
  static func isOne(_ name: String) -> Bool { extensions.contains(RasterGroup.split(name).extension) }

  /// Whether a package holds vector tiles. The name tells where the content can't.
  static func holdsVectorTiles(_ path: String) -> Bool {
    guard RasterGroup.split(path).extension == "mbtiles", let cache = try? TileCache.open(path) else {
      return RasterGroup.split(path).extension == "vtpk"
    }
    return cache.description.format == .pbf
  }
}
