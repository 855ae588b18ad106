import Codecs
import Datasets
import Tiles

/// Tiles that a package holds, as they are.
struct KeptTiles: TileMaker {
  private let tiling: ServiceTiling
  private let cache: any TileCacheReader
  private let quality: Int?

  /// - Parameter quality: with what quality JPEG tiles are compressed anew; `nil` leaves them as they are.
  init(_ tiling: ServiceTiling, cache: any TileCacheReader, quality: Int?) {
    self.tiling = tiling
    self.cache = cache
    self.quality = quality
  }

  func tile(_ address: TileAddress, isCancelled: @escaping @Sendable () -> Bool) throws -> [UInt8]? {
    let tile = try cache.tile(address)
    guard let tile, let quality, tile.starts(with: [0xFF, 0xD8, 0xFF]),
      let block = TilePicture.decode(tile, width: tiling.scheme.tileWidth, height: tiling.scheme.tileHeight)
    else { return tile }
    let smaller = try ImageFormat.jpg.encode(block, options: EncodingOptions(compressionQuality: quality)).bytes
    return smaller.count < tile.count ? smaller : tile
  }
}
