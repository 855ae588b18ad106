import Catalog
import JSONValue
import Jobs
import Tiles
import Worlds

/// `…/VectorTileServer/exportTiles` and `estimateExportTilesSize`: packs vector tiles for use without the service, in the
/// manner of ArcGIS Enterprise and in that of ArcGIS Online (REST API 3.8 to 3.10).
enum ExportVectorTiles {
  private static let since = ServerVersion(10, 6, 1)

  private static let exportExtent = Parameter(
    "exportExtent", title: "Export Extent", .exportExtent, defaultText: "DEFAULT, all of the service",
    "The part to export; of ArcGIS Enterprise.")
  private static let extent = Parameter(
    "extent", title: "Extent", .exportExtent, defaultText: "all of the service",
    "The part to export; of ArcGIS Online.")
  private static let polygon = Parameter(
    "polygon", title: "Polygon", .area, defaultText: "none", since: ServerVersion(10, 7),
    "A polygon whose tiles are exported, in place of an extent.")
  private static let levels = Parameter(
    "levels", title: "Levels", .levels, defaultText: "all that have tiles", "The levels to export.")
  private static let createItem = Parameter(
    "createItem", title: "Create Item", .flag, default: false, defaultText: "off",
    "Whether the package becomes an item of the portal; of ArcGIS Online.")

  /// What clients send besides, which changes nothing: what comes is always a .vtpk.
  private static let unused: [any ParameterDeclaration] = [
    ("storageFormatType", "Storage Format Type"), ("tilePackage", "Tile Package"),
    ("optimizeTilesForSize", "Optimize Tiles For Size"), ("compressionQuality", "Compression Quality"),
  ].map { name, title in
    Parameter(name, title: title, .text, defaultText: "none", "Changes nothing: a .vtpk is made in any case.")
  }

  private static let parameters: [any ParameterDeclaration] =
    [
      exportExtent, extent, polygon, TileExportParameters.exportBy, levels, TileExportParameters.areaOfInterest,
      createItem,
    ] + unused

  /// The operations, and the resources of their jobs.
  static let operations: [Operation] =
    TileExportJobs.Kind.allCases.map { kind in
      Operation(
        "\(kind.rawValue)", title: kind == .export ? "Export Tiles" : "Estimate Export Tiles Size",
        kind == .export ? "Packs tiles for use without the service." : "How many tiles and bytes an export would have.",
        scope: .vectorTileService, since: since, formats: [.json, .pjson, .html], parameters: parameters, form: true,
        weight: .heavy
      ) { call in try submit(kind, call) }
    }
    + TileExportJobs.resources(.vectorTileService, type: .vectorTile, since: since, description: OnlineJob.description)

  /// Whether a release of the server exports the tiles of a service.
  static func isAllowed(by service: VectorService, _ version: ServerVersion) -> Bool {
    service.settings.exportTilesAllowed && version >= since
  }

  private static func submit(_ kind: TileExportJobs.Kind, _ call: Call) throws -> Answer {
    let service = try call.vectorTileService()
    guard isAllowed(by: service, call.version) else {
      throw ArcGISError.notSupported("\(service.path) does not allow it: exportTilesAllowed is false")
    }
    var options = TileExportInputs.Options()
    options.exportBy = try call.value(TileExportParameters.exportBy)
    let isOnline = dialect(of: service, call) == .online
    func text(_ names: [any ParameterDeclaration], _ standard: String) -> String {
      names.compactMap { call.arguments.texts[$0.name] }.first ?? standard
    }
    var given: [TileExportInputs.Name: JSON] = [
      .serviceURL: .string(call.serviceAddress), .targetCache: .string(service.name), .tilePackage: true,
      .exportExtent: .string(text(isOnline ? [extent, exportExtent] : [exportExtent, extent], "DEFAULT")),
      .levels: .string(text([levels], "")),
      .areaOfInterest: .string(text([polygon, TileExportParameters.areaOfInterest], "")),
      .exportOptions: .string(options.text),
    ]
    if kind == .export {
      given.merge([
        .storageFormatType: .string(TileStorage.compactV2.rawValue), .copyDataFromServer: true, .threadCount: 2,
        .replaceExistingTiles: true, .tempOutputPath: "",
      ]) { $1 }
    }
    let task = kind.taskName(of: .vectorTile)
    let owner = ServiceIdentifier(service.path, .vectorTile).jobOwner
    guard isOnline, kind == .export else {
      return try call.submit(
        task, service: owner, inputs: TileExportInputs.values(given), suffix: TileExportJobs.suffix
      ) { job in "\(call.serviceAddress)/jobs/\(job.key.id)" }
    }
    let online = OnlineJob.input(createsItem: try call.value(createItem))
    let job = try call.take(task, service: owner, inputs: TileExportInputs.values(given) + [online]) {
      $0.hexadecimal(16)
    }
    return call.format == .html
      ? .redirect("\(call.serviceAddress)/jobs/\(job.key.id)") : .json(OnlineJob.firstAnswer(job, service))
  }

  /// The manner that the owner has chosen, else that of the request: only ArcGIS Online knows `extent`, and only ArcGIS
  /// Enterprise `exportExtent` and `exportBy` (REST API 3.9).
  private static func dialect(of service: VectorService, _ call: Call) -> VectorSettings.ExportDialect {
    if let chosen = service.settings.exportDialect { return chosen }
    let names = Set(call.request.parameters.map { $0.name.lowercased() })
    return names.contains("extent") && names.isDisjoint(with: ["exportextent", "exportby"]) ? .online : .enterprise
  }
}
