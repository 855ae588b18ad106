import Spatial

/// Reads `conf.xml` and `conf.cdi` (tile packages, 6).
struct ConfigurationReader {
  /// The path of `conf.xml`'s folder in the source, with a slash behind; empty at the top.
  let root: String
  private let source: any CacheSource
  private let texts: XMLLeaves

  /// - Throws: `damaged` when `conf.xml` is missing or is no XML.
  init(root: String, source: any CacheSource) throws(TileCacheError) {
    guard let document = try source.bytes(root + "conf.xml", limit: ZipArchive.documentLimit),
      let texts = XMLLeaves(document)
    else {
      throw .damaged("\(root)conf.xml in \(source.name) can't be read as XML")
    }
    self.root = root
    self.source = source
    self.texts = texts
  }

  /// How tiles are stored.
  var storage: TileStorage {
    get throws(TileCacheError) {
      let name = texts.first("CacheStorageInfo/StorageFormat") ?? TileStorage.exploded.rawValue
      guard let storage = TileStorage(rawValue: name) else {
        throw .unsupported("\(source.name) is stored as \(name), which is not read")
      }
      let size = texts.number("CacheStorageInfo/PacketSize") ?? Double(TileStorage.packetSize)
      guard storage == .exploded || size == Double(TileStorage.packetSize) else {
        throw .unsupported("\(source.name) has bundles of another size than \(TileStorage.packetSize) tiles")
      }
      return storage
    }
  }

  /// What the cache says of itself.
  func description(store: TileStore) throws(TileCacheError) -> TileCacheDescription {
    let x = texts.number("TileOrigin/X")
    let y = texts.number("TileOrigin/Y")
    let scheme = try TilingScheme(
      reference: try reference, origin: x.flatMap { x in y.map { Point(x: x, y: $0) } },
      width: integer("TileCols"), height: integer("TileRows"), dpi: integer("DPI"), levels: levels,
      name: source.name)
    // The levels that have a folder are those with tiles.
    let present = store.levels.filter { scheme[$0] != nil }
    var description = try TileCacheDescription(
      name: folderName, scheme: scheme, format: texts.first("CacheTileFormat").flatMap(TileFormat.init(name:)),
      minLOD: present.first, maxLOD: present.last, extent: try extent(), geographic: nil, store: store)
    description.compressionQuality = min(100, max(0, integer("CompressionQuality") ?? 0))
    description.bandCount = integer("BandCount").flatMap { (1...1000).contains($0) ? $0 : nil } ?? 3
    description.lercError = texts.number("LERCError").flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } ?? 0
    return description
  }

  /// The name of the cache's folder, else of the file.
  private var folderName: String { root.split(separator: "/").last.map(String.init) ?? source.name }

  private var reference: SpatialReference {
    get throws(TileCacheError) {
      try .read(
        wkid: integer("SpatialReference/WKID"), latestWkid: integer("SpatialReference/LatestWKID"),
        wkt: texts.first("SpatialReference/WKT"), name: source.name)
    }
  }

  private var levels: [LevelOfDetail] {
    var levels: [LevelOfDetail] = []
    for (path, text) in texts.texts where levels.count <= 64 {
      guard let number = Double(text) else { continue }
      if XMLLeaves.ends(path, with: "LODInfo/LevelID") {
        levels.append(LevelOfDetail(level: Int(exactly: number) ?? -1, resolution: 0, scale: 0))
      } else if let last = levels.indices.last {
        if XMLLeaves.ends(path, with: "LODInfo/Scale") { levels[last].scale = number }
        if XMLLeaves.ends(path, with: "LODInfo/Resolution") { levels[last].resolution = number }
      }
    }
    return levels
  }

  private func extent() throws(TileCacheError) -> Envelope? {
    guard let document = try source.bytes(root + "conf.cdi", limit: ZipArchive.documentLimit),
      let texts = XMLLeaves(document),
      let xmin = texts.number("XMin"), let ymin = texts.number("YMin"), let xmax = texts.number("XMax"),
      let ymax = texts.number("YMax")
    else { return nil }
    return Envelope(xmin: xmin, ymin: ymin, xmax: xmax, ymax: ymax)
  }

  private func integer(_ ending: String) -> Int? { texts.number(ending).flatMap(Int.init(exactly:)) }
}

extension SpatialReference {
  /// The reference that a cache names by codes or text.
  /// - Throws: `unsupported` for one that is not known.
  static func read(wkid: Int?, latestWkid: Int?, wkt: String?, name: String) throws(TileCacheError) -> SpatialReference
  {
    for code in [wkid, latestWkid] {
      if let code, let found = try? SpatialReference(wkid: code) { return found }
    }
    guard let wkt else { throw .unsupported("\(name) names no spatial reference that is known") }
    do { return try SpatialReference(wkt: wkt) } catch {
      throw .unsupported("\(name) has a spatial reference that can't be used: \(error.reason)")
    }
  }
}
