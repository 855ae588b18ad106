import Catalog
import JSONValue
import Pixels
import Spatial
import Tiles
import Warp
import Worlds

/// `…/ImageServer`: what an image service is and can (REST API 1.2).
enum ServiceRoot {
  private static let option = Parameter(
    "option", title: "Option", .text, defaultText: "none", since: ServerVersion(10, 0), dropped: ServerVersion(11, 1),
    "footprints answers the outlines of the rasters in place of the description.")
  private static let outSR = Parameter(
    "outSR", title: "Output Spatial Reference", .spatialReference, default: .wgs84, defaultText: "4326",
    since: ServerVersion(10, 0), dropped: ServerVersion(11, 1), "The spatial reference of the footprints.")

  static let operation = Operation(
    "", title: "Image Service", "What the service is and can.", scope: .imageService,
    formats: [.html, .json, .pjson, .kmz], parameters: [ExportParameters.renderingRule, option, outSR], weight: .heavy,
    stable: true, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    if let rule = call[ExportParameters.renderingRule], !RenderingRule.isNone(.object(rule)) {
      throw ArcGISError.notSupported("renderingRule: raster functions are not there yet")
    }
    if call[option]?.lowercased() == "footprints" {
      return try footprints(of: service, in: try call.value(outSR), call)
    }
    if call.format == .kmz {
      return .bytes(
        ServiceKMZ(service: service, call: call).archive(), type: KML.archiveType, name: "\(service.name).kmz")
    }
    return .json(try description(of: service, call), page: page(of: service, call))
  }

  /// The outlines of the first rasters, as `query` gives them. A service without a catalog has none.
  private static func footprints(of service: ImageService, in reference: SpatialReference, _ call: Call) throws
    -> Answer
  {
    guard Query.operation.isOffered(by: service, call.version) else {
      throw ArcGISError.notSupported("option: \(service.path) has no catalog of footprints")
    }
    let rasters = try call.site.catalog.rasters(of: service)
    let limit = service.settings.maxRecordCount
    let columns = try service.fields(named: "OBJECTID,Name", parameter: option.name)
    let table = FeatureTable(
      columns: columns,
      rows: rasters.prefix(limit).map { raster in
        FeatureTable.Row(values: columns.map { raster.value(of: $0.name) }, raster: raster)
      },
      shape: FootprintShape(
        source: service.spatialReference, target: call.format == .kmz ? .wgs84 : reference),
      isCut: rasters.count > limit,
      isOfRasters: true)
    return Query.answer(table, service, call)
  }

  private static func page(of service: ImageService, _ call: Call) -> PageContent {
    let base = call.servicePath
    let operations = Operations.all.filter {
      $0.scope == .imageService && $0.path.isFixed && $0.isOffered(by: service, call.version)
        // A file is asked for with what download has told, not from a page.
        && !($0.formats.isEmpty && $0.parameters.contains(where: \.isRequired))
    }
    let box = service.extent
    let picture =
      ExportImage.operation.isOffered(by: service, call.version)
      ? "\(base)/exportImage?bbox=\(box.xmin),\(box.ymin),\(box.xmax),\(box.ymax)&size=600,300&f=image" : nil
    return PageContent(
      picture: picture,
      lists: [
        PageContent.LinkList(
          heading: "Supported Operations",
          links: operations.filter(\.isForm).map {
            .init(text: $0.title, address: "\(base)/\($0.path)", note: $0.summary)
          }),
        PageContent.LinkList(
          heading: "Child Resources",
          links: operations.filter { !$0.isForm }.map {
            .init(text: $0.title, address: "\(base)/\($0.path)", note: $0.summary)
          }),
      ] + rasters(of: service, call))
  }

  /// Links to the first rasters of a catalog; nothing for a service without one.
  private static func rasters(of service: ImageService, _ call: Call) -> [PageContent.LinkList] {
    guard CatalogItem.operation.isOffered(by: service, call.version),
      let rasters = try? call.site.catalog.rasters(of: service)
    else { return [] }
    let base = call.servicePath
    return [
      PageContent.LinkList(
        heading: "Rasters",
        links: rasters.prefix(20).map {
          .init(text: "\($0.objectId)", address: "\(base)/\($0.objectId)", suffix: "(\($0.name))")
        })
    ]
  }

  /// The fields in the documented order, each from the release on that brought it.
  private static func description(of service: ImageService, _ call: Call) throws -> JSON {
    let version = call.version
    var fields = JSONObject()
    func add(_ name: String, _ value: JSON, since: ServerVersion = .oldest) {
      if since <= version { fields[name] = value }
    }
    let settings = service.settings
    let tiling = call.site.tiles(of: service)?.tiling
    // A raster of tiles ends where its tiles do, the data where the package says.
    let box = service.kind == .tileCache ? tiling?.extent ?? service.extent : service.extent
    let extent = box.json(in: service.spatialReference, for: version)
    let isMosaic = service.kind == .mosaicDataset
    let statistics = try call.site.statistics(of: service)

    add("currentVersion", .double(version.number), since: ServerVersion(10, 0))
    add("serviceDescription", .string(settings.description))
    add("name", .string(service.path))
    add("description", .string(settings.description))
    add("extent", extent)
    add("initialExtent", extent, since: ServerVersion(10, 1))
    add("fullExtent", extent, since: ServerVersion(10, 1))
    if let timeInfo = settings.timeInfo {
      add("timeInfo", timeInfo.json(try call.site.catalog.timeExtent(of: service)), since: ServerVersion(10, 0))
    }
    add("hasMultidimensions", false, since: ServerVersion(10, 3))
    add("pixelSizeX", .double(service.pixelSizeX))
    add("pixelSizeY", .double(service.pixelSizeY))
    addStorage(of: service) { add($0, $1, since: $2) }
    add("bandCount", .int(service.bandCount))
    add("pixelType", .string(service.pixelType.rawValue))
    add("minPixelSize", 0)
    add("maxPixelSize", 0)
    add("copyrightText", .string(settings.copyrightText))
    add("serviceDataType", .string(service.dataType))
    add("serviceSourceType", .string(service.kind.serviceSourceType), since: ServerVersion(10, 5))
    // Clients take the four arrays together or none of them.
    add("minValues", .array(statistics.map { .double($0.min) }))
    add("maxValues", .array(statistics.map { .double($0.max) }))
    add("meanValues", .array(statistics.map { .double($0.mean) }))
    add("stdvValues", .array(statistics.map { .double($0.standardDeviation) }))
    if isMosaic { add("objectIdField", "OBJECTID", since: ServerVersion(10, 0)) }
    add("fields", .array(service.fields.map(\.json)), since: ServerVersion(10, 0))
    add("capabilities", .string(service.capabilities.joined(separator: ",")), since: ServerVersion(10, 0))
    addMosaic(of: settings) { add($0, $1, since: $2) }
    addLimits(of: service) { add($0, $1, since: $2) }
    if let tiling { addTiles(tiling, version) { add($0, $1, since: $2) } }
    addFunctions { add($0, $1, since: $2) }
    add("hasHistograms", .bool(!statistics.isEmpty), since: ServerVersion(10, 1))
    add("hasColormap", .bool(service.colormap != nil), since: ServerVersion(10, 1))
    add("hasRasterAttributeTable", false, since: ServerVersion(10, 1))
    add("minScale", .double(tiling?.scales.min ?? 0), since: ServerVersion(10, 1))
    add("maxScale", .double(tiling?.scales.max ?? 0), since: ServerVersion(10, 1))
    let allowsExport = ExportTiles.operation.isOffered(by: service, version)
    add("exportTilesAllowed", .bool(allowsExport), since: ServerVersion(10, 2, 1))
    if allowsExport { add("maxExportTilesCount", .int(settings.maxExportTilesCount), since: ServerVersion(10, 2, 1)) }
    let hasQuery = Query.operation.isOffered(by: service, version)
    add("supportsStatistics", .bool(hasQuery), since: ServerVersion(10, 1))
    add("supportsAdvancedQueries", .bool(hasQuery), since: ServerVersion(10, 1))
    add("editFieldsInfo", .null, since: ServerVersion(10, 1))
    add("ownershipBasedAccessControlForRasters", .null, since: ServerVersion(10, 1))
    add("allowComputeTiePoints", false, since: ServerVersion(10, 3))
    add("useStandardizedQueries", true, since: ServerVersion(10, 2))
    add("advancedQueryCapabilities", queries(hasQuery), since: ServerVersion(10, 3, 1))
    add("spatialReference", service.spatialReference.json(for: version), since: ServerVersion(10, 4))
    return .object(fields)
  }

  private typealias Add = (_ name: String, _ value: JSON, _ since: ServerVersion) -> Void

  private static func addStorage(of service: ImageService, _ add: Add) {
    let since = ServerVersion(10, 8, 1)
    let isMosaic = service.kind == .mosaicDataset
    add("datasetFormat", .string(isMosaic ? "AMD" : service.format), since)
    add("uncompressedSize", .int(Int(service.uncompressedSize)), since)
    add("blockWidth", isMosaic ? 2048 : 256, since)
    add("blockHeight", 256, since)
    add("compressionType", .string(service.compression), since)
    add("bandNames", .array(service.bandNames.map(JSON.string)), since)
    if let first = service.noData.first, let value = first { add("noDataValue", .double(value), ServerVersion(10, 3)) }
    let values = service.noData.compactMap(\.self)
    if !values.isEmpty && values.count == service.noData.count {
      add("noDataValues", .array(values.map(JSON.double)), since)
    }
    add("allowCopy", true, since)
    add("allowAnalysis", true, since)
  }

  private static func addMosaic(of settings: ServiceSettings, _ add: Add) {
    let since = ServerVersion(10, 1)
    add("defaultMosaicMethod", .string(settings.defaultMosaicMethod.rawValue), since)
    add("allowedMosaicMethods", "NorthWest,Center,LockRaster,ByAttribute,Nadir,Viewpoint,Seamline,None", since)
    add("sortField", .string(settings.sortField), since)
    add("sortValue", settings.sortValue.json, since)
    add("sortAscending", .bool(settings.sortAscending), ServerVersion(10, 8, 1))
    add("mosaicOperator", .string(settings.mosaicOperator), since)
  }

  private static func addLimits(of service: ImageService, _ add: Add) {
    let settings = service.settings
    let since = ServerVersion(10, 1)
    add("maxDownloadSizeLimit", .int(settings.maxDownloadSizeLimit), since)
    add("defaultCompressionQuality", .int(settings.defaultCompressionQuality), since)
    add("defaultResamplingMethod", .string(settings.defaultResamplingMethod), since)
    // A service of tiles alone draws no pictures and answers no queries.
    if !service.isTilesOnly {
      add("maxImageHeight", .int(settings.maxImageHeight), ServerVersion(10, 0))
      add("maxImageWidth", .int(settings.maxImageWidth), ServerVersion(10, 0))
      add("maxRecordCount", .int(settings.maxRecordCount), ServerVersion(10, 0))
    }
    add("maxDownloadImageCount", .int(settings.maxDownloadImageCount), since)
    add("maxMosaicImageCount", .int(settings.maxMosaicImageCount), since)
  }

  private static func addTiles(_ tiling: ServiceTiling, _ version: ServerVersion, _ add: Add) {
    let since = ServerVersion(10, 1)
    add("singleFusedMapCache", true, since)
    add("tileInfo", tiling.tileInfo(for: version), since)
    if let type = tiling.cacheType { add("cacheType", .string(type), ServerVersion(10, 3)) }
    let storage: JSON = [
      "storageFormat": .string(TileStorage.compactV2.rawValue), "packetSize": .int(TileStorage.packetSize),
    ]
    add("storageInfo", storage, ServerVersion(10, 7))
    add("minLOD", .int(tiling.levels.lowerBound), since)
    add("maxLOD", .int(tiling.levels.upperBound), since)
  }

  private static func addFunctions(_ add: Add) {
    let since = ServerVersion(10, 1)
    add("allowRasterFunction", false, since)
    add("rasterFunctionInfos", RasterFunctionInfos.list, since)
    add("rasterTypeInfos", rasterTypes, since)
    add("mensurationCapabilities", "None", since)
  }

  private static let rasterTypes: JSON = [
    ["name": "Raster Dataset", "description": "Supports all ArcGIS Raster Datasets", "help": ""]
  ]

  private static func queries(_ areThere: Bool) -> JSON {
    [
      "useStandardizedQueries": true, "supportsStatistics": .bool(areThere), "supportsOrderBy": .bool(areThere),
      "supportsDistinct": .bool(areThere), "supportsPagination": .bool(areThere),
    ]
  }
}

extension Operation {
  /// Whether a service of the given release has the operation; the resource itself does not count.
  func isOffered(by service: ImageService, _ version: ServerVersion) -> Bool {
    !path.description.isEmpty && versions.contains(version)
      && capability.map(service.settings.capabilities.contains) ?? true && isAvailable(service)
  }
}
