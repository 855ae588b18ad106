import Pixels

/// Decodes the tiles of one cache into blocks of one form.
protocol TileDecoder: Sendable {
  /// How tiles are compressed, as `RasterInfo.compression` calls it.
  var compression: String { get }
  /// Bands of every block.
  var bands: Int { get }
  /// The type of every sample.
  var pixelType: PixelType { get }

  /// Decodes a tile.
  /// - Returns: a block of the tile's size; `nil` for what is no such tile.
  func decode(_ tile: [UInt8]) -> PixelBlock?
}
