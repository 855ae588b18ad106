import JSONValue
import Spatial

/// Reads `root.json` of a `.tpkx` or a `.vtpk` (tile packages, 7 and 10), in ArcGIS' spelling of its keys or in that of the
/// published page.
struct RootReader {
  private let root: JSONObject
  private let source: any CacheSource
  private let folder: String

  /// - Parameter folder: the folder of `root.json`, with a slash behind; empty at the top.
  /// - Throws: `damaged` when it is missing or is no JSON object.
  init(folder: String, source: any CacheSource) throws(TileCacheError) {
    guard let bytes = try source.bytes(folder + "root.json", limit: ZipArchive.documentLimit),
      let root = (try? JSON(parsing: bytes))?.object
    else { throw .damaged("\(folder)root.json in \(source.name) can't be read as JSON") }
    self.root = root
    self.source = source
    self.folder = folder
  }

  /// The folder of levels in the source.
  /// - Throws: `unsupported` for another storage than compact V2, `damaged` for a path that leads out of the package.
  var tileFolder: String {
    get throws(TileCacheError) {
      let cache = root["resourceInfo"]?["cacheInfo"]?.object
      let storage = root[anyCase: "storageInfo"]?.object ?? cache?[anyCase: "storageInfo"]?.object
      let format = storage?[anyCase: "storageFormat"]?.string ?? TileStorage.compactV2.rawValue
      guard format == TileStorage.compactV2.rawValue || format.lowercased() == "compactv2" else {
        throw .unsupported("\(source.name) is stored as \(format), which is not read from packages of this kind")
      }
      guard storage?[anyCase: "packetSize"]?.integer ?? TileStorage.packetSize == TileStorage.packetSize else {
        throw .unsupported("\(source.name) has bundles of another size than \(TileStorage.packetSize) tiles")
      }
      let path = root[anyCase: "tileBundlesPath"]?.string ?? "./tile"
      let parts = path.split(separator: "/").filter { $0 != "." }
      guard !parts.isEmpty, !parts.contains("..") else {
        throw .damaged("\(source.name) keeps its tiles outside of itself")
      }
      return folder + parts.joined(separator: "/")
    }
  }

  /// What the package says of itself.
  func description(store: TileStore) throws(TileCacheError) -> TileCacheDescription {
    guard let info = root[anyCase: "tileInfo"]?.object else { throw .damaged("\(source.name) has no tileInfo") }
    let image = root[anyCase: "tileImageInfo"]?.object
    let origin = info["origin"].flatMap { origin -> Point? in
      guard let x = origin["x"]?.number, let y = origin["y"]?.number else { return nil }
      return Point(x: x, y: y)
    }
    let levels = (info["lods"]?.array ?? []).prefix(65).map { level in
      LevelOfDetail(
        level: level["level"]?.integer ?? -1, resolution: level["resolution"]?.number ?? 0,
        scale: level["scale"]?.number ?? 0)
    }
    let scheme = try TilingScheme(
      reference: try reference(of: info), origin: origin, width: (info["cols"] ?? info["col"])?.integer,
      height: (info["rows"] ?? info["row"])?.integer, dpi: info["dpi"]?.integer, levels: Array(levels),
      name: source.name)
    let item = (try? source.bytes("iteminfo.json", limit: ZipArchive.documentLimit)).flatMap { $0 }
      .flatMap { try? JSON(parsing: $0) }?.object
    let format = (image?["format"] ?? info["format"])?.string
    var description = try TileCacheDescription(
      name: root["name"]?.string ?? source.name, scheme: scheme, format: format.flatMap(TileFormat.init(name:)),
      minLOD: root[anyCase: "minLOD"]?.integer, maxLOD: root[anyCase: "maxLOD"]?.integer,
      extent: Self.extent(root[anyCase: "fullExtent"]) ?? Self.extent(root[anyCase: "initialExtent"]),
      geographic: Self.extent(item?["extent"]), store: store)
    let quality = (image?[anyCase: "compressionQuality"] ?? image?["compression"])?.integer ?? 0
    description.compressionQuality = min(100, max(0, quality))
    description.bandCount = image?[anyCase: "bandCount"]?.integer.flatMap { (1...1000).contains($0) ? $0 : nil } ?? 3
    description.lercError = Self.positive(image?[anyCase: "lercError"])
    description.minScale = Self.positive(root["minScale"])
    description.maxScale = Self.positive(root["maxScale"])
    description.summary = root["serviceDescription"]?.string ?? item?["summary"]?.string ?? ""
    description.copyrightText = root["copyrightText"]?.string ?? item?["accessInformation"]?.string ?? ""
    description.tags = Self.tags(item?["tags"])
    description.created = max(0, item?["created"]?.integer ?? 0)
    description.identifier = item?["guid"]?.string?.filter(\.isHexDigit).lowercased() ?? ""
    description.thumbnail = (try? source.bytes("thumbnail.png", limit: 1 << 20)).flatMap { $0 } ?? []
    return description
  }

  private func reference(of info: JSONObject) throws(TileCacheError) -> SpatialReference {
    let found = info["spatialReference"]?.object ?? root["spatialReference"]?.object
    return try .read(
      wkid: found?[anyCase: "wkid"]?.integer, latestWkid: found?[anyCase: "latestWkid"]?.integer,
      wkt: found?[anyCase: "wkt"]?.string, name: source.name)
  }

  private static func extent(_ json: JSON?) -> Envelope? {
    guard let xmin = json?["xmin"]?.number, let ymin = json?["ymin"]?.number, let xmax = json?["xmax"]?.number,
      let ymax = json?["ymax"]?.number
    else { return nil }
    return Envelope(xmin: xmin, ymin: ymin, xmax: xmax, ymax: ymax)
  }

  private static func positive(_ json: JSON?) -> Double {
    json?.number.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } ?? 0
  }

  private static func tags(_ json: JSON?) -> [String] {
    if let list = json?.array { return list.compactMap(\.string) }
    return (json?.string ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
