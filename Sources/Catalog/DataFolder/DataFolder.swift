/// What a data folder holds, by convention: a lone raster is an image service, a folder `Name.ImageServer` a mosaic, any
/// other folder a services folder, one level deep. Only names, sizes and times are looked at here, and in MBTiles whether
/// they hold pictures or vectors.
struct DataFolder {
  /// The folder, an absolute path without links.
  let root: String
  /// The image services in the order in which they are found: by name, root first.
  private(set) var services: [ServiceSource] = []
  /// The vector tile services in the order in which they are found.
  private(set) var vectorServices: [VectorSource] = []
  /// What is not served as it stands.
  private(set) var problems: [CatalogProblem] = []
  private var pathsByName: [String: String] = [:]

  /// Lists a data folder.
  /// - Throws: `CatalogError.dataFolder` when it is no folder or can't be read.
  init(path: String) throws(CatalogError) {
    guard let root = CanonicalPath.of(path) else {
      throw CatalogError.dataFolder(path: path, reason: SystemError.last.reason)
    }
    self.root = root
    let entries: [FolderEntry]
    do {
      entries = try FolderEntry.list(root, within: root)
    } catch {
      throw CatalogError.dataFolder(path: path, reason: error.reason)
    }
    scan(entries, folder: nil, prefix: "")
    for entry in entries where entry.kind == .folder && Self.serviceType(of: entry.name) == nil {
      guard let listed = list(entry.name) else { continue }
      let count = services.count + vectorServices.count
      let name = serviceName(entry.name)
      scan(listed, folder: name, prefix: entry.name + "/")
      if services.count + vectorServices.count > count, name != entry.name {
        report(entry.name, "is served as \(name): names have letters, digits, _, - and . only", .warning)
      }
    }
  }

  /// Service types that folders and files stand for by their names' ends.
  private enum ServiceType: String {
    case imageServer = "imageserver"
    case vectorTileServer = "vectortileserver"
    case gpServer = "gpserver"
  }

  private static func serviceType(of name: String) -> ServiceType? {
    ServiceType(rawValue: RasterGroup.split(name).extension)
  }

  private mutating func scan(_ entries: [FolderEntry], folder: String?, prefix: String) {
    for entry in entries {
      let path = prefix + entry.name
      switch entry.kind {
      case .strayLink: report(path, "is a link that leads nowhere or out of the data folder")
      case .folder where Self.serviceType(of: entry.name) == .imageServer: addMosaic(entry, folder: folder, path: path)
      case .folder where Self.serviceType(of: entry.name) == .vectorTileServer:
        addVectorTiles(entry, folder: folder, path: path)
      case .folder where folder != nil && Self.serviceType(of: entry.name) == nil:
        report(path, "is not looked into: services folders are one level deep", .warning)
      case .folder, .file, .other: break
      }
    }
    let files = Dictionary(
      entries.filter { $0.kind == .file }.map { ($0.name, $0.stamp) },
      // Names that differ only in how their letters are composed are equal here.
      uniquingKeysWith: { first, _ in first })
    for raster in RasterGroup.rasters(in: entries, prefix: prefix) {
      let stem = RasterGroup.split(raster.files[0].name).stem
      let settings = files["\(stem).service.json"]
      add(
        ServiceSource(
          path: raster.path, folder: folder, name: serviceName(stem), kind: .rasterDataset,
          rasters: [raster], settings: settings.map { (prefix + $0.name, $0) }), spelt: stem)
    }
    for entry in entries where entry.kind == .file && TilePackageFile.isOne(entry.name) {
      addTiles(entry, folder: folder, prefix: prefix, settings: files)
    }
  }

  /// A package of tiles, which is an image service or a vector tile service as its tiles are.
  private mutating func addTiles(
    _ entry: FolderEntry, folder: String?, prefix: String, settings files: [String: FileStamp]
  ) {
    let stem = RasterGroup.split(entry.name).stem
    let path = prefix + entry.name
    let settings = files["\(stem).service.json"].map { prefix + $0.name }
    if TilePackageFile.holdsVectorTiles("\(root)/\(path)") {
      return add(
        VectorSource(
          path: path, folder: folder, name: serviceName(stem), package: path, layers: [], resources: nil,
          settings: settings), spelt: stem)
    }
    add(
      ServiceSource(
        path: path, folder: folder, name: serviceName(stem), kind: .tileCache,
        rasters: [RasterSource(path: path, files: [entry.stamp], strayFile: nil)],
        settings: files["\(stem).service.json"].map { (prefix + $0.name, $0) }), spelt: stem)
  }

  private mutating func addMosaic(_ entry: FolderEntry, folder: String?, path: String) {
    guard let entries = list(path) else { return }
    for inner in entries {
      switch inner.kind {
      case .strayLink: report("\(path)/\(inner.name)", "is a link that leads nowhere or out of the data folder")
      case .folder:
        report("\(path)/\(inner.name)", "is not looked into: a mosaic's rasters lie in its own folder", .warning)
      case .file, .other: break
      }
    }
    let rasters = RasterGroup.rasters(in: entries, prefix: path + "/")
    if rasters.isEmpty { return report(path, "has no raster (tif, tiff, png, jpg) in it") }
    let stem = RasterGroup.split(entry.name).stem
    let settings = entries.first { $0.kind == .file && $0.name == "service.json" }
    add(
      ServiceSource(
        path: path, folder: folder, name: serviceName(stem), kind: .mosaicDataset, rasters: rasters,
        settings: settings.map { ("\(path)/\($0.name)", $0.stamp) }), spelt: stem)
  }

  /// A folder of layers, or with one package in it.
  private mutating func addVectorTiles(_ entry: FolderEntry, folder: String?, path: String) {
    guard let entries = list(path) else { return }
    for inner in entries where inner.kind == .strayLink {
      report("\(path)/\(inner.name)", "is a link that leads nowhere or out of the data folder")
    }
    let files = entries.filter { $0.kind == .file }.map(\.name)
    let packages = files.filter(TilePackageFile.isOne)
    let layers = files.filter { VectorSource.layerExtensions.contains(RasterGroup.split($0).extension) }
    guard packages.count + layers.count > 0 else {
      return report(path, "has no layer (geojson) and no package (vtpk, mbtiles) in it")
    }
    if packages.count > 1 || packages.count == 1 && !layers.isEmpty {
      report(path, "has more than \(packages[0]) in it: only that is served", .warning)
    }
    let stem = RasterGroup.split(entry.name).stem
    add(
      VectorSource(
        path: path, folder: folder, name: serviceName(stem), package: packages.first.map { "\(path)/\($0)" },
        layers: packages.isEmpty ? layers.map { "\(path)/\($0)" } : [],
        resources: entries.contains { $0.kind == .folder && $0.name == "resources" } ? "\(path)/resources" : nil,
        settings: files.contains("service.json") ? "\(path)/service.json" : nil), spelt: stem)
  }

  private mutating func add(_ source: VectorSource, spelt: String) {
    let name = "\(source.folder ?? "")/\(source.name)/vector"
    guard claim(name, source.path, as: source.name, spelt: spelt) else { return }
    vectorServices.append(source)
  }

  /// Takes a name for a path, which is the first to have it.
  private mutating func claim(_ name: String, _ path: String, as served: String, spelt: String) -> Bool {
    if let first = pathsByName[name] {
      report(path, "would be the service \(served), which \(first) is already")
      return false
    }
    pathsByName[name] = path
    if spelt != served {
      report(path, "is served as \(served): names have letters, digits, _, - and . only", .warning)
    }
    return true
  }

  private mutating func add(_ source: ServiceSource, spelt: String) {
    let name = "\(source.folder ?? "")/\(source.name)"
    guard claim(name, source.path, as: source.name, spelt: spelt) else { return }
    services.append(source)
  }

  /// A name without what addresses can't carry plainly: as ArcGIS does when publishing, `_` takes its place.
  private func serviceName(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": scalar
          default: "_"
          }
        }))
  }

  private mutating func list(_ path: String) -> [FolderEntry]? {
    do {
      return try FolderEntry.list("\(root)/\(path)", within: root)
    } catch {
      report(path, "can't be read: \(error.reason)")
      return nil
    }
  }

  private mutating func report(_ path: String, _ reason: String, _ severity: CatalogProblem.Severity = .error) {
    problems.append(CatalogProblem(path: path, reason: reason, severity: severity))
  }
}
