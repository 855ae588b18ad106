import Tiles

/// What makes the tiles of a service, on many threads at once.
protocol TileMaker: Sendable {
  /// A tile as a file.
  /// - Returns: `nil` where there is no data.
  func tile(_ address: TileAddress, isCancelled: @escaping @Sendable () -> Bool) throws -> [UInt8]?
}
