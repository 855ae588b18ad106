/// A cache or package that is open for reading, from many threads at once.
public protocol TileCacheReader: Sendable {
  /// What it says of itself.
  var description: TileCacheDescription { get }

  /// The bytes of a tile as they are stored; `nil` when it has none.
  /// - Throws: `TileCacheError` when the file is damaged there.
  func tile(_ address: TileAddress) throws(TileCacheError) -> [UInt8]?

  /// Whether it has a tile, without reading it.
  func hasTile(_ address: TileAddress) throws(TileCacheError) -> Bool
}
