import Catalog

/// Finds the operation that a path names.
struct Router: Sendable {
  /// What a path names.
  struct Route {
    let operation: Operation
    let resource: ServiceIdentifier?
    var service: ImageService?
    var vectorService: VectorService?
    let variables: [String: String]
  }

  private let operations: [Operation.Scope: [Operation]]

  /// A router over declared operations.
  init(_ operations: [Operation]) {
    self.operations = Dictionary(grouping: operations, by: \.scope)
  }

  /// The operation of a path below the context.
  /// - Throws: the error of the real server for what is not there.
  func route(_ path: [String], catalog: CatalogStore) throws(ArcGISError) -> Route {
    guard let named = Self.servicePath(path) else { return try find(path[...], in: .site, resource: nil) }
    let below = path[named.end...]
    switch ServiceIdentifier.ServiceType(part: named.type) {
    case .image:
      guard let service = try? catalog.service(at: named.name) else { break }
      return try find(below, in: .imageService, resource: service.identifier, of: service)
    case .geoprocessing:
      guard let service = GeoprocessingService.named(named.name) else { break }
      return try find(below, in: service.scope, resource: ServiceIdentifier(named.name, .geoprocessing))
    case .vectorTile:
      guard let service = catalog.vectorService(at: named.name) else { break }
      var route = try find(below, in: .vectorTileService, resource: ServiceIdentifier(named.name, .vectorTile))
      route.vectorService = service
      return route
    case nil: break
    }
    throw .serviceNotFound("\(named.name)/\(named.type)")
  }

  private func find(
    _ path: ArraySlice<String>, in scope: Operation.Scope, resource: ServiceIdentifier?, of service: ImageService? = nil
  ) throws(ArcGISError) -> Route {
    for operation in operations[scope] ?? [] {
      if let variables = operation.path.match(path) {
        return Route(operation: operation, resource: resource, service: service, variables: variables)
      }
    }
    guard let service, let name = path.first, KnownOperations.names.contains(name.lowercased())
    else {
      throw .invalidURL
    }
    throw .notSupported("\(name) of \(service.path) is not there yet")
  }

  /// The service in `rest/services/[Folder/]Name/Type/…`.
  private static func servicePath(_ path: [String]) -> (name: String, type: String, end: Int)? {
    guard path.count >= 4, path[0].lowercased() == "rest", path[1].lowercased() == "services" else { return nil }
    let isType = { (part: String) in part.lowercased().hasSuffix("server") }
    if path.count >= 5, isType(path[4]) { return ("\(path[2])/\(path[3])", path[4], 5) }
    if isType(path[3]) { return (path[2], path[3], 4) }
    return nil
  }
}

/// The operations of a real image service that are not there: they are answered with the server's own words for an
/// operation that a service lacks, not as a mistyped address.
enum KnownOperations {
  /// Their names in lower case.
  static let names: Set<String> = [
    "identify", "getsamples", "computehistograms", "computestatisticshistograms",
    "computeclassstatistics", "computetiepoints", "computepixellocation", "calculatevolume", "queryboundary",
    "validate", "computecacheinfo", "computeangles", "querygpsinfo", "find", "imagetomap", "maptoimage",
    "imagetomapmultiray", "measurefromimage", "computemultidimensionalinfo", "measure", "project", "legend",
    "rasterattributetable", "multidimensionalinfo",
    "slices", "info", "add", "update", "delete", "uploads", "export",
  ]
}
