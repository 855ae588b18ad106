import Catalog
import Datasets
import Locking
import Spatial
import Tiles
import Warp

/// The tiles of a service: drawn when they are asked for, or kept in a package.
struct ServiceTiles: Sendable {
  /// How they are cut.
  let tiling: ServiceTiling
  /// The package that holds them; `nil` where they are drawn.
  let cache: (any TileCacheReader)?
  private let site: Site

  fileprivate init(_ tiling: ServiceTiling, cache: (any TileCacheReader)?, site: Site) {
    self.tiling = tiling
    self.cache = cache
    self.site = site
  }

  /// What makes the tiles.
  /// - Parameters:
  ///   - quality: that of JPEG tiles; their own without it.
  ///   - blocks: keeps decoded blocks of the rasters; those of all requests without it.
  func maker(quality: Int? = nil, blocks: BlockCache? = nil) -> any TileMaker {
    if let cache { return KeptTiles(tiling, cache: cache, quality: quality) }
    return TileDrawing(tiling, quality: quality, site: site, blocks: blocks ?? site.blocks)
  }

  /// A small picture of a part of the service, as packages carry it: a PNG of 200 x 133 pixels.
  /// - Parameter extent: in the spatial reference of the tiles.
  func thumbnail(of extent: Envelope, isCancelled: @escaping @Sendable () -> Bool) throws -> [UInt8] {
    let (width, height) = (200, 133)
    let grid = TargetGrid(
      width: width, height: height, envelope: extent.fitted(toWidth: width, height: height),
      spatialReference: tiling.scheme.spatialReference)
    let style = PictureStyle(of: tiling.service, format: .png24)
    let selection = try RasterSelection(
      MosaicRule(), service: tiling.service, view: ImageView(grid: grid), resampling: style.resampling, site: site)
    let rendering = try style.plan(grid, selection).render(through: site.blocks, isCancelled: isCancelled)
    return try style.encode(rendering.block, of: grid, site: site).bytes
  }

  /// Where the rasters lie that may have ground in common with tiles, in the spatial reference of the tiles. One that has no
  /// place there as a rectangle may lie anywhere.
  func footprints(around range: TileRange) throws -> [Envelope] {
    let (service, reference) = (tiling.service, tiling.scheme.spatialReference)
    guard service.rasterCount > 1, let ground = tiling.scheme.envelope(of: range) else { return [tiling.extent] }
    let box = try? ground.projected(from: reference, to: service.spatialReference)
    return try site.catalog.rasters(of: service, RasterQuery(envelope: box)).map { raster in
      let native = raster.info.georeference.spatialReference
      return site.projectedExtents.extent(raster.nativeExtent, native, reference, by: nil) ?? ground
    }
  }
}

/// The tiles of services, once they were asked for. Bounded by the number of services.
final class TilesTable: Sendable {
  private struct Entry: Sendable {
    let tiling: ServiceTiling
    let cache: (any TileCacheReader)?
  }

  private let entries = Locked<[Int64: Entry?]>([:])

  /// The tiles of a service; `nil` for one without tiles.
  fileprivate func tiles(of service: ImageService, _ site: Site) -> ServiceTiles? {
    let entry = entries.withLock { $0[service.id] } ?? make(service, site)
    return entry.map { ServiceTiles($0.tiling, cache: $0.cache, site: site) }
  }

  private func make(_ service: ImageService, _ site: Site) -> Entry? {
    var entry: Entry?
    if service.kind == .tileCache {
      guard let path = (try? site.catalog.rasters(of: service))?.first?.path, let cache = try? TileCache.open(path)
      else {
        return nil
      }
      entry = Entry(
        tiling: ServiceTiling(of: service, kept: cache.description, listsLevels: !(cache is MBTilesReader)),
        cache: cache)
    } else {
      entry = ServiceTiling(of: service).map { Entry(tiling: $0, cache: nil) }
    }
    entries.withLock { $0[service.id] = entry }
    return entry
  }
}

extension Site {
  /// The tiles of a service; `nil` for one without tiles.
  func tiles(of service: ImageService) -> ServiceTiles? { tilesTable.tiles(of: service, self) }
}

extension Call {
  /// The tiles of the image service.
  /// - Throws: `ArcGISError` for a service without tiles.
  func tiles() throws(ArcGISError) -> ServiceTiles {
    let service = try imageService()
    guard let tiles = site.tiles(of: service) else { throw TileResource.noTiles(service) }
    return tiles
  }

  /// The tile that the path names; `nil` when its numbers are none.
  var tileAddress: TileAddress? {
    let numbers = ["level", "row", "column"].compactMap { name -> Int? in
      // Some clients add the extension of a file.
      let text = name == "column" ? variable(name).prefix { $0 != "." } : variable(name)[...]
      guard !text.isEmpty, text.utf8.count <= 10, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
      return Int(text)
    }
    return numbers.count == 3 ? TileAddress(level: numbers[0], row: numbers[1], column: numbers[2]) : nil
  }
}
