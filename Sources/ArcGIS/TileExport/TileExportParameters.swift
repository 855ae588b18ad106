import JSONValue
import Jobs
import Tiles
import Worlds

/// The parameters that exportTiles and estimateExportTilesSize of an image service have (REST API 1.24, 1.25).
enum TileExportParameters {
  /// Whether a parameter says nothing, in the words of job inputs.
  static let nothing = ""

  static let storageFormatType = Parameter(
    "storageFormatType", title: "Storage Format Type", .tileStorage, defaultText: "esriMapCacheStorageModeCompact",
    since: ServerVersion(10, 7), "How the tiles are stored: Compact in a .tpk, CompactV2 in a .tpkx.")
  /// The same as some clients spell it.
  static let storageFormat = Parameter(
    "storageFormat", title: "Storage Format", .tileStorage, defaultText: "storageFormatType",
    since: ServerVersion(10, 7),
    "As storageFormatType, under the name that some clients send.")
  static let tilePackage = Parameter(
    "tilePackage", title: "Tile Package", .flag, default: false, defaultText: "false",
    "Whether a tile package is made, rather than a cache raster dataset.")
  static let exportExtent = Parameter(
    "exportExtent", title: "Export Extent", .exportExtent, default: .full, defaultText: "DEFAULT, all of the service",
    "The part to export, in the spatial reference of the service where it has none of its own.")
  static let optimizeTilesForSize = Parameter(
    "optimizeTilesForSize", title: "Optimize Tiles For Size", .flag, default: false, defaultText: "false",
    "Whether JPEG tiles are compressed with another quality.")
  static let compressionQuality = Parameter(
    "compressionQuality", title: "Compression Quality", .integer(in: 0...100), defaultText: "that of the tiles",
    "That quality, where optimizeTilesForSize is true; no more than the tiles have.")
  static let exportBy = Parameter(
    "exportBy", title: "Export By", .choice, default: RequestedLevels.Meaning.levelID, defaultText: "LevelID",
    "What the numbers of levels mean.")
  static let levels = Parameter("levels", title: "Levels", .levels, required: true, "The levels to export.")
  static let areaOfInterest = Parameter(
    "areaOfInterest", title: "Area of Interest", .area, defaultText: "none",
    "Polygons whose tiles are exported, in place of exportExtent.")

  /// Those of the estimate.
  static let ofEstimate: [any ParameterDeclaration] = [tilePackage, exportExtent, exportBy, levels, areaOfInterest]
  /// Those of the export.
  static let ofExport: [any ParameterDeclaration] = [
    storageFormatType, storageFormat, tilePackage, exportExtent, optimizeTilesForSize, compressionQuality, exportBy,
    levels, areaOfInterest,
  ]
}

extension ParameterType where Value == TileStorage {
  /// A storage format under its name, its short name, or the ending of its package.
  static let tileStorage = ParameterType(
    "one of " + TileStorage.allCases.map(\.rawValue).joined(separator: ", "),
    control: .choice(TileStorage.allCases.map(\.rawValue))
  ) { text in
    let word = text.drop { $0 == "+" || $0 == " " }.lowercased()
    let prefix = "esrimapcachestoragemode"
    switch word.hasPrefix(prefix) ? String(word.dropFirst(prefix.count)) : word {
    case "compact", "tpk": return .compact
    case "compactv2", "tpkx": return .compactV2
    case "exploded": return .exploded
    default: return nil
    }
  }
}
