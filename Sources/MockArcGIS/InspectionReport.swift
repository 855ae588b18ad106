import Catalog
import JSONValue
import Logging
import VectorTiles

/// What a data folder would give: its services, and the files that can't be served.
public struct InspectionReport {
  private let services: [ImageService]
  private let vectorServices: [VectorService]
  private let problems: [CatalogProblem]

  /// Looks at a folder, without leaving anything there.
  /// - Throws: `CatalogError` for a folder that can't be read.
  public init(dataFolder: String) throws {
    let state = try TemporaryFolder()
    defer { state.remove() }
    let catalog = try CatalogStore.open(
      dataFolder: dataFolder, stateFolder: state.path,
      logger: Logger(label: "inspect") { _ in SwiftLogNoOpLogHandler() })
    services = try catalog.allServices.compactMap { try catalog.service(at: $0.path) }
    vectorServices = catalog.vectorServices
    problems = (catalog.problems + vectorServices.flatMap { Self.problems(of: $0, in: catalog.dataFolder, state.path) })
      .sorted { $0.path < $1.path }
  }

  /// What is wrong with the layers of a vector tile service.
  private static func problems(of service: VectorService, in root: String, _ state: String) -> [CatalogProblem] {
    guard case .layers(let layers) = service.source else { return [] }
    return layers.flatMap { layer -> [CatalogProblem] in
      let path = layer.path.hasPrefix(root + "/") ? String(layer.path.dropFirst(root.count + 1)) : layer.path
      do throws(VectorTileError) {
        return try LayerIndex.open(layer.path, in: state).description.problems.map {
          CatalogProblem(path: path, reason: "feature \($0.feature): \($0.reason)", severity: .warning)
        }
      } catch {
        return [CatalogProblem(path: path, reason: error.reason, severity: .error)]
      }
    }
  }

  /// Whether a file can't be served.
  public var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// The report for people.
  public var text: String {
    let served = services.map { service in
      let kind =
        switch service.kind {
        case .mosaicDataset: "mosaic of \(service.rasterCount)"
        case .rasterDataset: "raster"
        case .tileCache: "tiles"
        }
      let reference = service.spatialReference
      let code = reference.epsgCode.map { "EPSG:\($0)" } ?? reference.wkid.map { "ESRI:\($0)" }
      return "\(service.path)/ImageServer  \(kind), \(service.bandCount) x \(service.pixelType.rawValue), "
        + (code ?? reference.name)
    }
    let vector = vectorServices.map { service in
      switch service.source {
      case .layers(let layers): "\(service.path)/VectorTileServer  \(layers.count) layers"
      case .package: "\(service.path)/VectorTileServer  tiles"
      }
    }
    let troubles = problems.map { "\($0.severity.rawValue): \($0.path): \($0.reason)" }
    return (((served + vector).isEmpty ? ["no services"] : served + vector) + troubles).joined(separator: "\n")
  }

  /// The report for programs.
  public var json: JSON {
    [
      "services": .array(
        services.map { service in
          [
            "name": .string(service.path), "type": "ImageServer", "source": .string(service.kind.rawValue),
            "rasters": .int(service.rasterCount), "bands": .int(service.bandCount),
            "pixelType": .string(service.pixelType.rawValue),
            "wkid": .optional(service.spatialReference.latestWkid ?? service.spatialReference.wkid, JSON.int),
          ]
        }
          + vectorServices.map { ["name": .string($0.path), "type": "VectorTileServer"] }),
      "problems": .array(
        problems.map {
          ["path": .string($0.path), "reason": .string($0.reason), "severity": .string($0.severity.rawValue)]
        }),
    ]
  }
}
