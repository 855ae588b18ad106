import Spatial

extension TilingScheme {
  /// A scheme from what a file says, held against what a cache can be.
  /// - Parameters:
  ///   - levels: in any order; a scale of 0 is worked out.
  ///   - name: the file's, for messages.
  /// - Throws: `unsupported` or `damaged` for what is no scheme.
  init(
    reference: SpatialReference, origin: Point?, width: Int?, height: Int?, dpi: Int?, levels: [LevelOfDetail],
    name: String
  ) throws(TileCacheError) {
    guard let origin, origin.x.isFinite, origin.y.isFinite else { throw .damaged("\(name) names no origin of tiles") }
    guard let width, let height, (1...8192).contains(width), (1...8192).contains(height) else {
      throw .damaged("\(name) names no size of tiles that can be")
    }
    guard !levels.isEmpty, levels.count <= 64 else { throw .damaged("\(name) names no levels, or too many") }
    let dpi = dpi.flatMap { (1...10_000).contains($0) ? $0 : nil } ?? 96
    // ArcGIS counts 39.37 inches a metre.
    let scaling = Double(dpi) * 39.37 * reference.metersPerUnit
    var sorted: [LevelOfDetail] = []
    for var level in levels.sorted(by: { $0.level < $1.level }) {
      guard (0...62).contains(level.level), level.resolution.isFinite, level.resolution > 0,
        level.level != sorted.last?.level, level.resolution < sorted.last?.resolution ?? .infinity
      else { throw .damaged("\(name) names a level \(level.level) that can't be") }
      if !(level.scale > 0 && level.scale.isFinite) { level.scale = level.resolution * scaling }
      sorted.append(level)
    }
    self.init(
      spatialReference: reference, origin: origin, tileWidth: width, tileHeight: height, dpi: dpi, levels: sorted)
  }
}

extension TileCacheDescription {
  /// A description from what a file says, completed where it says too little.
  /// - Parameters:
  ///   - format: the tiles' format; found out from a tile where it is not told.
  ///   - minLOD: the coarsest level with tiles; the first level with a folder where it is not told.
  ///   - maxLOD: the finest level with tiles.
  ///   - extent: the data's; the whole grid where it is not told.
  ///   - geographic: the same in degrees; projected where it is not told.
  /// - Throws: `damaged` where neither helps.
  init(
    name: String, scheme: TilingScheme, format: TileFormat?, minLOD: Int?, maxLOD: Int?, extent: Envelope?,
    geographic: Envelope?, store: TileStore
  ) throws(TileCacheError) {
    let known = Set(scheme.levels.map(\.level))
    let present = minLOD == nil || maxLOD == nil ? store.levels.filter(known.contains) : []
    let first = scheme.levels[0].level
    let last = scheme.levels[scheme.levels.count - 1].level
    let coarsest = max(first, minLOD ?? present.first ?? first)
    let finest = min(last, maxLOD ?? present.last ?? last)
    guard coarsest <= finest, known.contains(coarsest), known.contains(finest) else {
      throw .damaged("\(name) has tiles of levels that it does not describe")
    }
    guard let full = extent.flatMap(Self.usable) ?? Self.grid(of: scheme, level: coarsest) else {
      throw .damaged("\(name) does not say which extent it covers")
    }
    self.init(
      name: name, scheme: scheme, format: .png, minLOD: coarsest, maxLOD: finest, fullExtent: full,
      geographicExtent: geographic.flatMap(Self.usable) ?? Self.geographic(full, scheme.spatialReference))
    if let format {
      self.format = format
    } else {
      self.format = try Self.format(of: store, description: self) ?? .png
    }
  }

  static func usable(_ extent: Envelope) -> Envelope? {
    extent.isFinite && extent.width > 0 && extent.height > 0 ? extent : nil
  }

  private static func grid(of scheme: TilingScheme, level: Int) -> Envelope? {
    let size = scheme.gridSize(of: level)
    guard size.rows < Int(Int32.max), size.columns < Int(Int32.max) else { return nil }
    return scheme.envelope(of: TileRange(level: level, rows: 0..<size.rows, columns: 0..<size.columns))
  }

  private static func geographic(_ extent: Envelope, _ reference: SpatialReference) -> Envelope {
    (try? extent.projected(from: reference, to: .wgs84)) ?? Envelope(xmin: -180, ymin: -90, xmax: 180, ymax: 90)
  }

  /// The format of the first tile that is found among some that there should be.
  private static func format(
    of store: TileStore, description: TileCacheDescription
  ) throws(TileCacheError) -> TileFormat? {
    for level in description.minLOD...description.maxLOD {
      let range = description.scheme.tiles(of: level, meeting: description.fullExtent)
      for row in range.rows.prefix(4) {
        for column in range.columns.prefix(4) {
          guard let tile = try store.tile(TileAddress(level: level, row: row, column: column)) else { continue }
          switch TileEncoding(of: tile) {
          case .png: return .png
          case .jpeg: return .jpeg
          case .lerc: return .lerc2D
          case .gzip: return .pbf
          case .webp, nil: continue
          }
        }
      }
    }
    return nil
  }
}
