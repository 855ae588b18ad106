/// A package or cache of bundles that is open for reading.
public final class TilePackageReader: TileCacheReader {
  /// What it is.
  public let kind: Kind
  /// What it says of itself.
  public let description: TileCacheDescription
  private let source: any CacheSource
  private let store: TileStore

  /// The kinds of packages and caches.
  public enum Kind: Sendable, Hashable {
    /// A compact tile package: `root.json` with bundles of V2.
    case tpkx
    /// A tile package, or a cache raster dataset: `conf.xml`.
    case tpk
    /// A vector tile package: `p12/root.json`.
    case vtpk
  }

  /// How its tiles are stored.
  public var storage: TileStorage { store.storage }

  init(source: any CacheSource, root: Root) throws(TileCacheError) {
    self.source = source
    let description: TileCacheDescription
    switch root {
    case .json(let folder):
      kind = folder.isEmpty ? .tpkx : .vtpk
      let reader = try RootReader(folder: folder, source: source)
      let tiles = try reader.tileFolder
      try source.checkBundles(in: tiles)
      store = TileStore(source: source, folder: tiles, storage: .compactV2)
      description = try reader.description(store: store)
    case .xml(let folder):
      kind = .tpk
      let reader = try ConfigurationReader(root: folder, source: source)
      try source.checkBundles(in: folder + "_alllayers")
      store = TileStore(source: source, folder: folder + "_alllayers", storage: try reader.storage)
      description = try reader.description(store: store)
    }
    self.description = ItemReader(source)?.completed(description) ?? description
  }

  /// The document that describes a cache, by its folder.
  enum Root {
    case json(String)
    case xml(String)
  }

  /// The bytes of a tile as they are stored; `nil` when it has none.
  public func tile(_ address: TileAddress) throws(TileCacheError) -> [UInt8]? { try store.tile(address) }

  /// Whether it has a tile.
  public func hasTile(_ address: TileAddress) throws(TileCacheError) -> Bool { try store.region(of: address) != nil }

  /// Any other file of the package: `p12/resources/styles/root.json`; `nil` when it is not there.
  /// - Parameter path: its path in the package; one that leads out of it names nothing.
  /// - Throws: `TileCacheError` when it is damaged or larger than 16 MiB.
  public func resource(_ path: String) throws(TileCacheError) -> [UInt8]? {
    guard !path.split(separator: "/").contains(".."), !path.utf8.contains(0) else { return nil }
    return try source.bytes(path, limit: ZipArchive.resourceLimit)
  }
}
