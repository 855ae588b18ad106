import Tiles

/// Reads the settings of the vector tile services of a data folder.
struct VectorCatalog {
  /// The services.
  private(set) var services: [VectorService] = []
  /// What is wrong with them.
  private(set) var problems: [CatalogProblem] = []

  /// The longest `service.json`, in bytes.
  private static let largestSettings = 1 << 20

  /// The services of a folder.
  init(_ folder: DataFolder) {
    for source in folder.vectorServices {
      if let package = source.package, let problem = Self.problem(of: "\(folder.root)/\(package)") {
        problems.append(CatalogProblem(path: package, reason: problem, severity: .error))
        continue
      }
      let settings = settings(of: source, in: folder.root)
      services.append(
        VectorService(
          folder: source.folder, name: source.name, source: tiles(source, settings, in: folder.root),
          resources: source.resources.map { "\(folder.root)/\($0)" }, settings: settings))
    }
  }

  /// Why a package can't be served; `nil` when it can.
  private static func problem(of package: String) -> String? {
    do throws(TileCacheError) {
      let format = try TileCache.open(package).description.format
      return format == .pbf ? nil : "holds \(format.rawValue) tiles, not vector tiles: it belongs beside the folder"
    } catch {
      return error.reason
    }
  }

  private mutating func settings(of source: VectorSource, in root: String) -> VectorSettings {
    guard let path = source.settings else { return VectorSettings() }
    do throws(ServiceFileError) {
      let bytes: [UInt8]
      do {
        bytes = try FileContents.read("\(root)/\(path)", limit: Self.largestSettings)
      } catch {
        throw ServiceFileError(reason: "can't be read: \(error.reason)")
      }
      let reader = try VectorSettingsReader(bytes)
      problems += reader.warnings.map { CatalogProblem(path: path, reason: $0, severity: .warning) }
      let files = Set(source.layers.map(Self.stem))
      problems += reader.settings.layers.filter { !files.contains($0.file) }.map {
        CatalogProblem(
          path: path, reason: "\"\($0.file)\" is described but is not a layer of this service", severity: .warning)
      }
      let names = reader.settings.layers.map(\.name)
      if Set(names).count < names.count {
        problems.append(
          CatalogProblem(path: path, reason: "two layers have the same name", severity: .warning))
      }
      return reader.settings
    } catch {
      problems.append(CatalogProblem(path: path, reason: error.reason, severity: .error))
      return VectorSettings()
    }
  }

  /// The layers as they are described, then the others by name.
  private func tiles(_ source: VectorSource, _ settings: VectorSettings, in root: String) -> VectorService.Source {
    if let package = source.package { return .package("\(root)/\(package)") }
    var rest = source.layers
    var layers: [VectorService.Layer] = []
    for options in settings.layers {
      guard let index = rest.firstIndex(where: { Self.stem($0) == options.file }) else { continue }
      layers.append(VectorService.Layer(path: "\(root)/\(rest.remove(at: index))", settings: options))
    }
    return .layers(
      layers + rest.map { VectorService.Layer(path: "\(root)/\($0)", settings: LayerOptions(file: Self.stem($0))) })
  }

  /// The name of a file without folders and extension.
  private static func stem(_ path: String) -> String {
    RasterGroup.split(path.split(separator: "/").last.map(String.init) ?? path).stem
  }
}
