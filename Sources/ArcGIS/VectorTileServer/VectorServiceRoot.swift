import Catalog
import JSONValue
import Spatial
import Tiles
import Worlds

/// `…/VectorTileServer`: what a vector tile service is (REST API 3.1).
enum VectorServiceRoot {
  static let operation = Operation(
    "", title: "Vector Tile Service", "What the service is.", scope: .vectorTileService, since: VectorTiles.since,
    weight: .heavy, stable: true
  ) { call in
    let service = try call.vectorTileService()
    return .json(
      try description(of: service, try call.vectorTiles(), for: call.version), page: try page(of: service, call))
  }

  /// The members in the order in which ArcGIS writes them.
  static func description(of service: VectorService, _ tiles: any VectorTileSource, for version: ServerVersion) throws
    -> JSON
  {
    let settings = service.settings
    let scheme = tiles.scheme
    let extent = tiles.extent.json(in: scheme.spatialReference, for: version)
    let hasIndex = settings.capabilities.contains("Tilemap")
    var members: JSONObject = ["currentVersion": .double(version.number), "name": .string(service.name)]
    members["serviceDescription"] = .string(settings.description)
    members["copyrightText"] = .string(settings.copyrightText)
    members["capabilities"] = .string(settings.capabilities.joined(separator: ","))
    members["type"] = "indexedVector"
    if hasIndex { members["tileMap"] = "tilemap" }
    members["defaultStyles"] = "resources/styles"
    members["tiles"] = ["tile/{z}/{y}/{x}.pbf"]
    members["exportTilesAllowed"] = .bool(ExportVectorTiles.isAllowed(by: service, version))
    members["maxExportTilesCount"] = .int(settings.maxExportTilesCount)
    members["initialExtent"] = extent
    members["fullExtent"] = extent
    members["minScale"] = .double(scheme[tiles.levels.lowerBound]?.scale ?? 0)
    members["maxScale"] = .double(scheme[tiles.levels.upperBound]?.scale ?? 0)
    members["tileInfo"] = .object(scheme.jsonMembers(format: .pbf, for: version))
    members["maxzoom"] = .int(tiles.levels.upperBound)
    members["minLOD"] = .int(tiles.levels.lowerBound)
    members["maxLOD"] = .int(tiles.levels.upperBound)
    members["resourceInfo"] = VectorTiles.resourceInfo
    if let item = settings.portalItemId { members["serviceItemId"] = .string(item) }
    return .object(members)
  }

  private static func page(of service: VectorService, _ call: Call) throws -> PageContent {
    let base = call.servicePath
    var resources = [
      PageContent.Link(text: "Styles", address: "\(base)/resources/styles", note: "How the tiles are drawn."),
      PageContent.Link(text: "Info", address: "\(base)/resources/info", note: "The files that styles refer to."),
    ]
    if service.settings.capabilities.contains("Tilemap") {
      resources.append(PageContent.Link(text: "Tile Map", address: "\(base)/tilemap", note: "Which tiles there are."))
    }
    var operations: [PageContent.Link] = []
    if ExportVectorTiles.isAllowed(by: service, call.version) {
      operations.append(
        PageContent.Link(
          text: "Export Tiles", address: "\(base)/exportTiles?f=html", note: "Packs tiles for use without the service.")
      )
    }
    let tiles = try call.vectorTiles()
    return PageContent(
      map: MapPreview(
        style: "\(base)/resources/styles/root.json", extent: tiles.geographicExtent, maxzoom: tiles.levels.upperBound),
      lists: [
        PageContent.LinkList(heading: "Child Resources", links: resources),
        PageContent.LinkList(heading: "Supported Operations", links: operations),
      ])
  }
}

/// What all resources of vector tile services have in common.
enum VectorTiles {
  /// The release that brought them.
  static let since = ServerVersion(10, 4)

  /// What root and package say of how tiles are kept (tile packages, 10).
  static let resourceInfo: JSON = [
    "styleVersion": 8, "tileCompression": "gzip",
    "cacheInfo": ["storageInfo": ["packetSize": .int(TileStorage.packetSize), "storageFormat": "compactV2"]],
  ]
}
