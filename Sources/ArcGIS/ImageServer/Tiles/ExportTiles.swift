import Catalog
import JSONValue
import Jobs
import Tiles
import Worlds

/// `…/ImageServer/exportTiles`: packs tiles of the service for use without it (REST API 1.25).
enum ExportTiles {
  static let operation = Operation(
    "exportTiles", title: "Export Tiles", "Packs tiles of the service for use without it.", scope: .imageService,
    available: allowsExport, refusal: refusal, since: ServerVersion(10, 2, 1),
    parameters: TileExportParameters.ofExport, weight: .heavy, run: submit)

  /// The same under the address of the first releases.
  static let submitJob = Operation(
    "exportTiles/submitJob", title: "Export Tiles", "As exportTiles, under its first address.", scope: .imageService,
    available: allowsExport, refusal: refusal, since: ServerVersion(10, 2, 1),
    parameters: TileExportParameters.ofExport, weight: .heavy, run: submit)

  /// Whether tiles of a service can be exported.
  @Sendable static func allowsExport(_ service: ImageService) -> Bool {
    service.settings.exportTilesAllowed && service.settings.tiling.isCached
  }

  /// What a service says whose tiles can't be exported.
  @Sendable static func refusal(_ service: ImageService) -> ArcGISError {
    .notSupported("\(service.path) does not allow it: exportTilesAllowed is false, or it has no tiles")
  }

  @Sendable private static func submit(_ call: Call) throws -> Answer {
    let storage =
      call[TileExportParameters.storageFormatType] ?? call[TileExportParameters.storageFormat] ?? .compact
    let isPackage = try call.value(TileExportParameters.tilePackage)
    if isPackage, storage == .exploded {
      throw ArcGISError.invalid(
        "storageFormatType", expected: "a compact one: a tile package can't be exploded, tilePackage=false can")
    }
    var options = try TileExportInputs.Options(call)
    options.optimizesForSize = try call.value(TileExportParameters.optimizeTilesForSize)
    options.compressionQuality = call[TileExportParameters.compressionQuality]
    return try submit(
      .export, call,
      inputs: try call.tileInputs(options).merging([
        .storageFormatType: .string(storage.rawValue), .targetCache: "Layers", .copyDataFromServer: true,
        .threadCount: 2, .replaceExistingTiles: true, .tempOutputPath: "",
      ]) { $1 })
  }

  /// Takes a job on.
  static func submit(_ kind: TileExportJobs.Kind, _ call: Call, inputs: [TileExportInputs.Name: JSON]) throws -> Answer
  {
    let service = try call.imageService().identifier
    return try call.submit(
      kind.taskName(of: .image), service: service.jobOwner, inputs: TileExportInputs.values(inputs),
      suffix: TileExportJobs.suffix
    ) { job in "\(call.serviceAddress)/\(kind.rawValue)/jobs/\(job.key.id)" }
  }
}

/// `…/ImageServer/estimateExportTilesSize`: how many tiles an export would have, and how many bytes (REST API 1.24).
enum EstimateExportTilesSize {
  static let operation = declared(at: "estimateExportTilesSize")
  /// The same under the address of the first releases.
  static let submitJob = declared(at: "estimateExportTilesSize/submitJob")

  private static func declared(at path: PathPattern) -> Operation {
    Operation(
      path, title: "Estimate Export Tiles Size", "How many tiles and bytes an export would have.",
      scope: .imageService, available: ExportTiles.allowsExport, refusal: ExportTiles.refusal,
      since: ServerVersion(10, 2, 1), parameters: TileExportParameters.ofEstimate, weight: .heavy
    ) { call in
      try ExportTiles.submit(.estimate, call, inputs: try call.tileInputs(try TileExportInputs.Options(call)))
    }
  }
}

extension TileExportInputs.Options {
  /// What a request says of levels; the rest is for exports alone.
  fileprivate init(_ call: Call) throws(ArcGISError) {
    self.init()
    exportBy = try call.value(TileExportParameters.exportBy)
  }
}

extension Call {
  /// The inputs that every export has. What a request leaves out stands there as a real server writes it.
  fileprivate func tileInputs(_ options: TileExportInputs.Options) throws(ArcGISError) -> [TileExportInputs.Name: JSON]
  {
    func text(_ parameter: any ParameterDeclaration, _ standard: String) -> JSON {
      .string(arguments.texts[parameter.name] ?? standard)
    }
    return [
      .serviceURL: .string(serviceAddress), .tilePackage: .bool(try value(TileExportParameters.tilePackage)),
      .exportExtent: text(TileExportParameters.exportExtent, "DEFAULT"),
      .levels: text(TileExportParameters.levels, ""),
      .areaOfInterest: text(TileExportParameters.areaOfInterest, ""), .exportOptions: .string(options.text),
    ]
  }
}
