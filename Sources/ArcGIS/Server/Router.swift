import Catalog

/// Finds the operation that a path names.
struct Router: Sendable {
  /// What a path names.
  struct Route {
    let operation: Operation
    let service: ImageService?
    let variables: [String: String]
  }

  private let site: [Operation]
  private let imageService: [Operation]

  /// A router over declared operations.
  init(_ operations: [Operation]) {
    site = operations.filter { $0.scope == .site }
    imageService = operations.filter { $0.scope == .imageService }
  }

  /// The operation of a path below the context.
  /// - Throws: the error of the real server for what is not there.
  func route(_ path: [String], catalog: CatalogStore) throws(ArcGISError) -> Route {
    if let service = Self.servicePath(path) {
      guard service.type.lowercased() == "imageserver", let found = try? catalog.service(at: service.name) else {
        throw .serviceNotFound("\(service.name)/\(service.type)")
      }
      return try find(path[service.end...], among: imageService, service: found)
    }
    return try find(path[...], among: site, service: nil)
  }

  private func find(_ path: ArraySlice<String>, among operations: [Operation], service: ImageService?)
    throws(ArcGISError) -> Route
  {
    for operation in operations {
      if let variables = operation.path.match(path) {
        return Route(operation: operation, service: service, variables: variables)
      }
    }
    guard let service, let name = path.first, KnownOperations.names.contains(name.lowercased())
    else {
      throw .invalidURL
    }
    var error = ArcGISError.notSupported("\(name) of \(service.path) is not there yet")
    // Clients of tiles look at the status alone.
    if name.lowercased() == "tile" { error.status = 404 }
    throw error
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
    "query", "identify", "download", "file", "getsamples", "computehistograms", "computestatisticshistograms",
    "computeclassstatistics", "computetiepoints", "computepixellocation", "calculatevolume", "queryboundary",
    "validate", "computecacheinfo", "computeangles", "querygpsinfo", "find", "imagetomap", "maptoimage",
    "imagetomapmultiray", "measurefromimage", "computemultidimensionalinfo", "measure", "project", "tile", "tilemap",
    "exporttiles", "estimateexporttilessize", "jobs", "legend", "rasterattributetable", "multidimensionalinfo",
    "slices", "info", "add", "update", "delete", "uploads", "export",
  ]
}
