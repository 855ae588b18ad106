import JSONValue
import Spatial
import Tiles

/// Reads what a `service.json` says of tiles: `singleFusedMapCache`, `tilingScheme`, `tileInfo`, `minLOD` and `maxLOD`.
struct TilingSettingsReader: MemberReader {
  /// What was read so far.
  private(set) var settings = TilingSettings()
  /// Members of `tileInfo` that mean nothing, one sentence each.
  private(set) var warnings: [String] = []

  private static let sizes = 16...2048
  private static let levels = 0...63

  /// Reads one member.
  /// - Returns: whether it is one of those that tell of tiles.
  /// - Throws: `ServiceFileError` where its value is of the wrong type or out of range.
  mutating func read(_ name: String, _ value: JSON) throws(ServiceFileError) -> Bool {
    switch name {
    case "singleFusedMapCache":
      guard let truth = value.bool else { throw ServiceFileError(reason: "\"\(name)\" has to be true or false") }
      settings.isCached = truth
    case "tilingScheme":
      switch value.string?.lowercased() {
      case "webmercator": settings.scheme = .webMercator
      case "service": settings.scheme = .service
      default: throw ServiceFileError(reason: "\"\(name)\" has to be \"webMercator\" or \"service\"")
      }
    case "tileInfo": try readTileInfo(value)
    case "minLOD": settings.minLOD = try whole(name, value, in: Self.levels)
    case "maxLOD": settings.maxLOD = try whole(name, value, in: Self.levels)
    default: return false
    }
    return true
  }

  /// Whether the levels that are to have tiles are some of the scheme's, coarse to fine.
  /// - Throws: `ServiceFileError` where they aren't.
  func checkLevels() throws(ServiceFileError) {
    let known: [Int]? =
      switch settings.scheme {
      case .webMercator: TilingScheme.webMercator.levels.map(\.level)
      case .given(let scheme): scheme.levels.map(\.level)
      case .service: nil
      }
    for (name, level) in [("minLOD", settings.minLOD), ("maxLOD", settings.maxLOD)] {
      guard let level, let known, !known.contains(level) else { continue }
      throw ServiceFileError(reason: "\"\(name)\" has to be one of the levels of the tiling scheme")
    }
    if let first = settings.minLOD, let last = settings.maxLOD, first > last {
      throw ServiceFileError(reason: "\"minLOD\" has to be at most \"maxLOD\"")
    }
  }

  /// `tileInfo` in the form of a service root. Format and quality may be told alone; a scheme needs all that makes one.
  private mutating func readTileInfo(_ json: JSON) throws(ServiceFileError) {
    guard let members = json.object else { throw ServiceFileError(reason: "\"tileInfo\" has to be an object") }
    var (rows, columns, dpi) = (256, 256, 96)
    var origin: Point?
    var reference: SpatialReference?
    var lods: [JSON]?
    for (name, value) in members {
      switch name {
      case "rows": rows = try whole(name, value, in: Self.sizes)
      case "cols": columns = try whole(name, value, in: Self.sizes)
      case "dpi": dpi = try whole(name, value, in: 1...9600)
      case "format": settings.format = try format(value)
      case "compressionQuality": settings.compressionQuality = try whole(name, value, in: 0...100)
      case "lercError": settings.lercError = try number(name, value, in: 0...1e9)
      case "origin":
        origin = Point(
          x: try number("origin", value["x"] ?? .null, in: -1e12...1e12),
          y: try number("origin", value["y"] ?? .null, in: -1e12...1e12))
      case "spatialReference": reference = try spatialReference(value)
      case "lods":
        guard let list = value.array, !list.isEmpty, list.count <= Self.levels.count else {
          throw ServiceFileError(reason: "\"lods\" of \"tileInfo\" has to be a list of 1 to 64 levels")
        }
        lods = list
      default: warnings.append("\"\(name)\" of \"tileInfo\" means nothing here and is passed over")
      }
    }
    guard origin != nil || reference != nil || lods != nil else {
      guard members["rows"] == nil, members["cols"] == nil, members["dpi"] == nil else {
        throw ServiceFileError(reason: "\"tileInfo\" needs \"spatialReference\", \"origin\" and \"lods\" for a scheme")
      }
      return
    }
    guard let origin, let reference, let lods else {
      throw ServiceFileError(reason: "\"tileInfo\" needs \"spatialReference\", \"origin\" and \"lods\" for a scheme")
    }
    settings.scheme = .given(
      TilingScheme(
        spatialReference: reference, origin: origin, tileWidth: columns, tileHeight: rows, dpi: dpi,
        levels: try levels(lods, in: reference, dpi: dpi)))
  }

  /// Levels as a service root lists them, or as resolutions alone.
  private func levels(_ list: [JSON], in reference: SpatialReference, dpi: Int) throws(ServiceFileError)
    -> [LevelOfDetail]
  {
    var levels: [LevelOfDetail] = []
    for (rank, json) in list.enumerated() {
      let level = try json["level"].map { (json) throws(ServiceFileError) in try whole("level", json, in: Self.levels) }
      let resolution = try number("resolution", json["resolution"] ?? json, in: 1e-12...1e12)
      let scale = try json["scale"].map { (json) throws(ServiceFileError) in try number("scale", json, in: 1e-9...1e15)
      }
      levels.append(
        LevelOfDetail(
          level: level ?? rank, resolution: resolution,
          scale: scale ?? TilingScheme.scale(ofResolution: resolution, in: reference, dpi: dpi)))
    }
    for (one, next) in zip(levels, levels.dropFirst())
    where next.level <= one.level || next.resolution >= one.resolution {
      throw ServiceFileError(reason: "\"lods\" of \"tileInfo\" have to go from coarse to fine, with rising levels")
    }
    return levels
  }

  private func format(_ value: JSON) throws(ServiceFileError) -> TileFormat {
    let allowed = TileFormat.allCases.filter { $0 != .pbf }
    guard let format = value.string.flatMap(TileFormat.init(name:)), allowed.contains(format) else {
      let names = allowed.map(\.rawValue).joined(separator: ", ")
      throw ServiceFileError(reason: "\"format\" of \"tileInfo\" has to be one of \(names)")
    }
    return format
  }

  private func spatialReference(_ value: JSON) throws(ServiceFileError) -> SpatialReference {
    for code in [value.integer, value["latestWkid"]?.integer, value["wkid"]?.integer] {
      if let code, let reference = try? SpatialReference(wkid: code) { return reference }
    }
    if let text = value["wkt"]?.string ?? value.string, let reference = try? SpatialReference(wkt: text) {
      return reference
    }
    throw ServiceFileError(
      reason: "\"spatialReference\" of \"tileInfo\" has to have a known \"wkid\" or a sound \"wkt\"")
  }
}
