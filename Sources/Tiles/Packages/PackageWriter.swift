/// Writes a cache whose description stands before its tiles.
final class PackageWriter: TileCacheWriter {
  private let output: any CacheOutput
  private let layout: any TileLayout

  /// - Parameters:
  ///   - output: where it goes; all but the tiles is written already.
  ///   - layout: how tiles are stored.
  init(output: any CacheOutput, layout: any TileLayout) {
    self.output = output
    self.layout = layout
  }

  func append(_ tile: [UInt8], at address: TileAddress) throws(TileCacheError) {
    try layout.append(tile, at: address, to: output)
  }

  func finish() throws(TileCacheError) -> [String] {
    try layout.finish(output)
    return try output.finish()
  }
}
