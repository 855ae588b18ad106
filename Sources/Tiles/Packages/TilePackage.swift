/// Tile packages and caches of pictures, as exportTiles of an image service makes them (tile packages, 1).
public enum TilePackage {
  /// What is made.
  public enum Kind: String, CaseIterable, Sendable {
    /// A compact tile package, `.tpkx`.
    case tpkx
    /// A tile package, `.tpk`.
    case tpk
    /// A cache raster dataset: a folder.
    case cacheDataset
    /// The same in an archive, `.zip`.
    case zippedCacheDataset
  }

  /// Begins a package or cache.
  /// - Parameters:
  ///   - kind: what is made.
  ///   - storage: how tiles are stored: compact V2 in a `.tpkx`, one of the compact ones in a `.tpk`.
  ///   - description: what it says of itself.
  ///   - folder: the folder that it is made in.
  ///   - fileStem: its name there, without the ending.
  /// - Throws: `TileCacheError.unsupported` for a storage that the kind can't have, `system` when the system refuses.
  public static func writer(
    _ kind: Kind, storage: TileStorage, description: TileCacheDescription, folder: String, fileStem: String
  ) throws(TileCacheError) -> any TileCacheWriter {
    if kind == .tpkx && storage != .compactV2 || kind == .tpk && storage == .exploded {
      throw .unsupported("a .\(kind.rawValue) can't be of \(storage.rawValue)")
    }
    let output: any CacheOutput
    let tiles: String
    switch kind {
    case .tpkx:
      output = try ZipWriter(folder: folder, fileName: fileStem + ".tpkx")
      tiles = CompactPackage.tileFolder
      try CompactPackage(description: description).write(to: output)
    case .tpk:
      output = try ZipWriter(folder: folder, fileName: fileStem + ".tpk")
      try ItemInformation(kind: .tile, description: description, fileStem: fileStem).write(to: output)
      let service = MapServiceDescription(description: description).json
      try output.add("servicedescriptions/mapserver/mapserver.json", service.serialized())
      tiles = try configure(output, "v101/\(description.folderName)/", description, storage, hasProperties: true)
    case .cacheDataset:
      output = try FolderOutput(folder: folder, name: fileStem)
      tiles = try configure(output, "", description, storage, hasProperties: false)
    case .zippedCacheDataset:
      output = try ZipWriter(folder: folder, fileName: fileStem + ".zip")
      tiles = try configure(output, "\(description.folderName)/", description, storage, hasProperties: false)
    }
    return PackageWriter(output: output, layout: layout(storage, folder: tiles, description))
  }

  /// What writes tiles in a storage format.
  static func layout(_ storage: TileStorage, folder: String, _ description: TileCacheDescription) -> any TileLayout {
    switch storage {
    case .compact, .compactV2:
      CompactWriter(folder: folder, isV2: storage == .compactV2, limit: description.maximumBytes)
    case .exploded: ExplodedWriter(folder: folder)
    }
  }

  /// Writes the files that describe a cache.
  /// - Parameter root: the cache's folder, with a slash behind.
  /// - Returns: the folder of levels.
  private static func configure(
    _ output: any CacheOutput, _ root: String, _ description: TileCacheDescription, _ storage: TileStorage,
    hasProperties: Bool
  ) throws(TileCacheError) -> String {
    let configuration = CacheConfiguration(description: description, storage: storage)
    try output.add(root + "conf.cdi", configuration.confCDI)
    if hasProperties { try output.add(root + "conf.properties", CacheConfiguration.confProperties) }
    try output.add(root + "conf.xml", configuration.confXML)
    return root + "_alllayers"
  }
}
