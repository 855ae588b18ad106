/// Writes a cache or package tile by tile, from the first byte of each file to the last, holding no more than the index of
/// one bundle.
///
/// Used by one thread at a time. Nothing stands under its name before `finish`, and nothing is left of a writer that is let
/// go before.
public protocol TileCacheWriter: AnyObject {
  /// Adds a tile. Tiles come level by level, bundle by bundle (`TileStorage.packetSize`, rows of bundles from the top,
  /// each from the left); within a bundle in any order, each once.
  func append(_ tile: [UInt8], at address: TileAddress) throws(TileCacheError)

  /// Ends it.
  /// - Returns: the names of the files and folders that were made in the writer's folder.
  func finish() throws(TileCacheError) -> [String]
}
