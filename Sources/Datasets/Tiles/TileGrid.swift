import Spatial
import Tiles

/// Where the pixels of a cache's levels lie, as levels of one raster.
///
/// The finest level is the base; a coarser one is an overview when its pixels are a power of two as large. All levels have the
/// same corner, which is that of a tile of the base; in a coarser level it may lie within a tile, on a pixel's corner.
struct TileGrid: Sendable {
  /// The base first. Never empty.
  let levels: [Level]
  let georeference: Georeference

  /// A level of the cache.
  struct Level: Sendable, Hashable {
    /// The number that tiles name it by.
    var lod: Int
    /// The first column of pixels, counted from the scheme's origin.
    var x: Int
    /// The first row of pixels.
    var y: Int
    /// Columns of pixels.
    var width: Int
    /// Rows of pixels.
    var height: Int
  }

  /// The grid of the tiles that meet a cache's extent.
  /// - Throws: `unsupported` when there are none, or more pixels than a raster has.
  init(_ description: TileCacheDescription, name: String) throws(RasterError) {
    let scheme = description.scheme
    for base in scheme.levels.reversed() where (description.minLOD...description.maxLOD).contains(base.level) {
      let tiles = scheme.tiles(of: base.level, meeting: description.fullExtent)
      guard !tiles.isEmpty else { continue }
      let overviews = Self.overviews(of: base, tiles, description)
      // Corners that coarser pixels have too, at most a hundredth of the raster away.
      let pixels = 1 << (overviews.last?.halvings ?? 0)
      let columns = Self.widened(tiles.columns, pixels: pixels, tile: scheme.tileWidth)
      let rows = Self.widened(tiles.rows, pixels: pixels, tile: scheme.tileHeight)
      let (width, height) = (columns.count * scheme.tileWidth, rows.count * scheme.tileHeight)
      guard width <= Int32.max, height <= Int32.max else { continue }
      let (x, y) = (columns.lowerBound * scheme.tileWidth, rows.lowerBound * scheme.tileHeight)
      levels =
        [Level(lod: base.level, x: x, y: y, width: width, height: height)]
        + overviews.map { lod, halvings in
          Level(lod: lod, x: x >> halvings, y: y >> halvings, width: width >> halvings, height: height >> halvings)
        }
      georeference = Georeference(
        originX: scheme.origin.x + Double(x) * base.resolution, originY: scheme.origin.y - Double(y) * base.resolution,
        pixelWidth: base.resolution, pixelHeight: base.resolution, spatialReference: scheme.spatialReference)
      return
    }
    throw .unsupported("\(name) covers nothing of its grid, or more pixels than a raster can have")
  }

  /// The coarser levels whose pixels are a power of two as large, until one tile holds all, each coarser than the one before.
  private static func overviews(
    of base: LevelOfDetail, _ tiles: TileRange, _ description: TileCacheDescription
  ) -> [(lod: Int, halvings: Int)] {
    var result: [(lod: Int, halvings: Int)] = []
    let most = max(tiles.rows.count, tiles.columns.count)
    for level in description.scheme.levels.reversed()
    where level.level < base.level && level.level >= description.minLOD {
      for halvings in (result.last?.halvings ?? 0) + 1..<32 where most > 1 << (halvings - 1) {
        let ratio = level.resolution / base.resolution / Double(1 << halvings)
        // Figures of schemes are rounded.
        guard abs(ratio - 1) < 1e-4 else { continue }
        result.append((level.level, halvings))
      }
    }
    return result
  }

  /// The tiles widened until both ends are multiples of so many pixels.
  private static func widened(_ tiles: Range<Int>, pixels: Int, tile: Int) -> Range<Int> {
    let step = pixels / (1 << min(pixels.trailingZeroBitCount, tile.trailingZeroBitCount))
    return tiles.lowerBound / step * step..<(tiles.upperBound + step - 1) / step * step
  }
}
