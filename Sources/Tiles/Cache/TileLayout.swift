/// Writes tiles below a folder of levels, in the layout of one storage format.
///
/// Tiles come as `TileCacheWriter` says.
protocol TileLayout: AnyObject {
  /// Writes a tile.
  func append(_ tile: [UInt8], at address: TileAddress, to output: any CacheOutput) throws(TileCacheError)

  /// Ends the last file.
  func finish(_ output: any CacheOutput) throws(TileCacheError)
}
