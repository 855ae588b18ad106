import Locking

/// Finds tiles below a folder of levels, in whichever layout the folder has. Safe to use from many threads at once.
final class TileStore: Sendable {
  /// The storage format.
  let storage: TileStorage
  private let source: any CacheSource
  private let folder: String
  /// Bundles that were looked for; `nil` for those that are not there.
  private let bundles = Locked<[BundleAddress: Bundle?]>([:])

  /// Bundles that are kept open: in a folder each takes one or two file descriptors.
  private static let limit = 64

  /// - Parameters:
  ///   - source: where the files are.
  ///   - folder: the folder of levels.
  ///   - storage: the storage format.
  init(source: any CacheSource, folder: String, storage: TileStorage) {
    self.source = source
    self.folder = folder
    self.storage = storage
  }

  /// The numbers of the levels that have a folder.
  var levels: [Int] { source.levels(in: folder) }

  /// The bytes of a tile; `nil` when there is none.
  func tile(_ address: TileAddress) throws(TileCacheError) -> [UInt8]? {
    guard let region = try region(of: address) else { return nil }
    return try region.read(at: 0, count: region.count)
  }

  /// Where a tile's bytes are; `nil` when there is none.
  func region(of address: TileAddress) throws(TileCacheError) -> FileRegion? {
    guard address.level >= 0, address.row >= 0, address.column >= 0 else { return nil }
    if storage == .exploded { return try exploded(address) }
    guard let bundle = try bundle(of: address) else { return nil }
    return try bundle.region(of: address)
  }

  private func bundle(of tile: TileAddress) throws(TileCacheError) -> Bundle? {
    let address = BundleAddress(of: tile)
    if let known = bundles.withLock({ $0[address] }) { return known }
    let path = folder + "/" + address.path
    var found: Bundle?
    if let tiles = try source.region(path + ".bundle") {
      if storage == .compactV2 {
        found = try Bundle(v2: tiles)
      } else if let index = try source.region(path + ".bundlx") {
        found = try Bundle(v1: tiles, index: index)
      }
    }
    let bundle = found
    bundles.withLock { bundles in
      if bundles.count >= Self.limit, let some = bundles.keys.first { bundles[some] = nil }
      bundles[address] = .some(bundle)
    }
    return bundle
  }

  private func exploded(_ tile: TileAddress) throws(TileCacheError) -> FileRegion? {
    let path = folder + "/" + ExplodedWriter.path(of: tile)
    for ending in ["png", "jpg", "jpeg", "lerc", "pbf"] {
      guard let region = try source.region("\(path).\(ending)") else { continue }
      guard region.count <= TileStorage.maximumTileBytes else {
        throw .damaged("\(region.name) is larger than tiles are")
      }
      return region.count > 0 ? region : nil
    }
    return nil
  }
}
