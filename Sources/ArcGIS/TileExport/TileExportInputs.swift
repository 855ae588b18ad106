import JSONValue
import Jobs
import Tiles

/// What a job of a tile export is given, under the names of the geoprocessing tool behind it (REST API 1.26). The texts are
/// those of the request; from them the work is done, also by a later process.
struct TileExportInputs {
  /// The names in their order.
  enum Name: String, CaseIterable {
    case serviceURL = "service_url"
    case targetCache = "target_cache"
    case storageFormatType = "storage_format_type"
    case copyDataFromServer = "copy_data_from_server"
    case threadCount = "thread_count"
    case tilePackage = "tile_package"
    case exportExtent = "export_extent"
    case levels
    case replaceExistingTiles = "replace_existing_tiles"
    case areaOfInterest = "area_of_interest"
    case tempOutputPath = "temp_output_path"
    case exportOptions = "export_options"

    /// The geoprocessing type.
    var dataType: String {
      switch self {
      case .copyDataFromServer, .tilePackage, .replaceExistingTiles: "GPBoolean"
      case .threadCount: "GPLong"
      default: "GPString"
      }
    }
  }

  /// The options that the tool takes in one text.
  struct Options {
    var exportBy = RequestedLevels.Meaning.levelID
    var optimizesForSize = false
    var compressionQuality: Int?

    /// As JSON.
    var text: String {
      var members: JSONObject = [
        "exportBy": .string(exportBy.rawValue), "optimizeTilesForSize": .bool(optimizesForSize),
      ]
      if let compressionQuality { members["compressionQuality"] = .int(compressionQuality) }
      return String(decoding: JSON.object(members).serialized(), as: UTF8.self)
    }

    /// Reads what `text` writes.
    init(text: String) {
      guard let object = (try? JSON(parsing: text))?.object else { return }
      exportBy = object["exportBy"]?.string.flatMap(RequestedLevels.Meaning.init(rawValue:)) ?? .levelID
      optimizesForSize = object["optimizeTilesForSize"]?.bool ?? false
      compressionQuality = object["compressionQuality"]?.integer
    }

    init() {}
  }

  private let values: [String: JSON]

  /// The inputs of a job.
  init(_ job: Job) {
    values = Dictionary(job.inputs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Job inputs from texts and flags.
  static func values(_ given: [Name: JSON]) -> [JobValue] {
    Name.allCases.map { JobValue($0.rawValue, dataType: $0.dataType, given[$0] ?? "") }
  }

  /// The text of an input; empty without one.
  func text(_ name: Name) -> String { values[name.rawValue]?.string ?? "" }
  /// The truth of an input.
  func flag(_ name: Name) -> Bool { values[name.rawValue]?.bool ?? false }
  /// The options.
  var options: Options { Options(text: text(.exportOptions)) }

  /// The value that a text means.
  /// - Returns: `nil` for an empty text.
  /// - Throws: `JobFailure` for one that can't be read.
  func value<Value>(_ name: Name, as type: ParameterType<Value>) throws(JobFailure) -> Value? {
    let text = Arguments.trimmed(text(name))
    guard !text.isEmpty else { return nil }
    guard let value = type.parse(text) else {
      throw JobFailure("ERROR 000800: \(name.rawValue): the value is not \(type.expected).")
    }
    return value
  }
}
