import Catalog
import Spatial
import Tiles

/// The tiles of an image service: how its plane is cut, how they are encoded, and where there are some (REST API 1.22).
struct ServiceTiling: Sendable {
  /// The service.
  let service: ImageService
  /// How the plane is cut.
  let scheme: TilingScheme
  /// How tiles are encoded.
  let format: TileFormat
  /// The quality of JPEG tiles.
  let compressionQuality: Int
  /// How far values of LERC tiles may be off.
  let lercError: Double
  /// The levels that have tiles.
  let levels: ClosedRange<Int>
  /// The extent of the service on the scheme's grid, in its spatial reference.
  let extent: Envelope

  /// The tiles that a package holds.
  /// - Parameter listsLevels: whether the package has a list of levels of its own; else there are those with tiles.
  init(of service: ImageService, kept cache: TileCacheDescription, listsLevels: Bool) {
    self.service = service
    var scheme = cache.scheme
    if !listsLevels { scheme.levels.removeAll { $0.level > cache.maxLOD } }
    self.scheme = scheme
    format = cache.format
    compressionQuality = cache.compressionQuality
    lercError = cache.lercError
    levels = cache.minLOD...max(cache.minLOD, cache.maxLOD)
    extent = cache.fullExtent
  }

  /// What the service's own settings ask for.
  /// - Returns: `nil` for a service without tiles: one that is dynamic only, or has no place in the scheme.
  init?(of service: ImageService) {
    let settings = service.settings.tiling
    guard settings.isCached else { return nil }
    switch settings.scheme {
    case .webMercator: scheme = .webMercator
    case .given(let given): scheme = given
    case .service:
      scheme = .covering(
        service.extent, in: service.spatialReference, pixelSize: min(service.pixelSizeX, service.pixelSizeY))
    }
    guard let first = scheme.levels.first?.level, let last = scheme.levels.last?.level,
      let there = try? service.extent.projected(from: service.spatialReference, to: scheme.spatialReference)
    else { return nil }
    let grid = scheme.gridSize(of: first)
    guard
      let ground = scheme.envelope(of: TileRange(level: first, rows: 0..<grid.rows, columns: 0..<grid.columns)),
      let inside = there.intersection(ground)
    else { return nil }
    extent = inside
    let coarsest = min(last, max(first, settings.minLOD ?? first))
    levels = coarsest...max(coarsest, min(last, settings.maxLOD ?? last))
    format = settings.format ?? Self.format(for: service)
    compressionQuality = settings.compressionQuality ?? service.settings.defaultCompressionQuality
    lercError = settings.lercError
    self.service = service
  }

  /// Values that a screen can't show are kept as they are; a palette keeps its few colours.
  private static func format(for service: ImageService) -> TileFormat {
    if service.pixelType.bits > 8 || service.pixelType == .s8 || service.pixelType.isFloatingPoint {
      return service.dataType == "esriImageServiceDataTypeElevation" ? .lerc : .lerc2D
    }
    return service.colormap != nil && service.bandCount == 1 ? .png : .mixed
  }

  /// What clients are told of the kind of tiles; `nil` for values that are no elevations.
  var cacheType: String? {
    switch format {
    case .lerc: "Elevation"
    case .lerc2D, .pbf: nil
    case .png, .png8, .png24, .png32, .jpeg, .mixed: "Map"
    }
  }

  /// The denominators of the scales of the coarsest and of the finest level with tiles.
  var scales: (min: Double, max: Double) {
    (scheme[levels.lowerBound]?.scale ?? 0, scheme[levels.upperBound]?.scale ?? 0)
  }

  /// Where there are tiles.
  var coverage: TileCoverage { TileCoverage(scheme: scheme, extent: extent) }

  /// Whether a tile is within the grid and one of the levels, be there data or not.
  func isOnGrid(_ tile: TileAddress) -> Bool {
    guard levels.contains(tile.level), scheme[tile.level] != nil else { return false }
    let grid = scheme.gridSize(of: tile.level)
    return tile.row < grid.rows && tile.column < grid.columns
  }
}
