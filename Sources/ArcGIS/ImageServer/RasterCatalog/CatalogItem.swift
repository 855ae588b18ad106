import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/{rasterId}`: one raster of the catalog (REST API 1.9.1).
enum CatalogItem {
  static let operation = Operation(
    item: "", title: "Raster Catalog Item", "One raster of the catalog.", since: ServerVersion(10, 0), weight: .heavy,
    stable: true
  ) { call in
    let service = try call.imageService()
    let raster = try call.catalogRaster()
    let shape = FootprintShape(source: service.spatialReference, target: service.spatialReference)
    return .json(
      [
        "geometry": shape.json(of: raster, for: call.version),
        "attributes": .object(
          JSONObject(service.attributeFields.map { ($0.name, raster.value(of: $0.name).json) })),
      ], page: page(of: raster, service, call))
  }

  /// Links to what hangs below the raster.
  private static func page(of raster: CatalogRaster, _ service: ImageService, _ call: Call) -> PageContent {
    let base = call.servicePath
    let children = Operations.all.filter { child in
      child.path.description.hasPrefix("\(call.operation.path)/") && child.isOffered(by: service, call.version)
        && child.path != CatalogItemImageCoordinates.system.path
        && child.path != CatalogItemImageCoordinates.pixels.path
    }
    return PageContent(
      picture: "\(base)/\(raster.objectId)/thumbnail",
      lists: [
        PageContent.LinkList(
          heading: "Child Resources",
          links: children.map {
            .init(text: $0.title, address: "\(base)/\($0.path.path(call.variables))", note: $0.summary)
          })
      ])
  }
}

extension Operation {
  /// Declares a resource of a raster of a catalog.
  /// - Parameter path: its path below the raster's own.
  init(
    item path: String, title: String, _ summary: String, since: ServerVersion,
    formats: [ResponseFormat] = [.html, .json, .pjson], parameters: [any ParameterDeclaration] = [],
    form: Bool? = nil, weight: Weight, stable: Bool = false, run: @escaping @Sendable (Call) throws -> Answer
  ) {
    self.init(
      PathPattern(stringLiteral: path.isEmpty ? "{#rasterId}" : "{#rasterId}/\(path)"), title: title, summary,
      scope: .imageService, capability: "Catalog", available: { $0.kind == .mosaicDataset },
      refusal: { .noSuchRaster("\($0.path) is one raster and has no catalog") }, since: since, formats: formats,
      parameters: parameters, form: form, weight: weight, stable: stable, run: run)
  }
}

extension Call {
  /// The raster that the path names.
  /// - Throws: the error of the real server for one that is not there; `CatalogError`.
  func catalogRaster() throws -> CatalogRaster {
    let service = try imageService()
    let text = variables["rasterId"] ?? ""
    guard let id = Int64(text), let raster = try site.catalog.raster(id, of: service) else {
      throw ArcGISError.noSuchRaster("\(service.path) has no raster \(text); query?returnIdsOnly=true lists them")
    }
    return raster
  }
}
