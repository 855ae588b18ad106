import Codecs
import Datasets
import Pixels
import Spatial
import Tiles
import Warp

/// Draws the tiles of a service: the pixels that exportImage gives for the same ground and size.
struct TileDrawing: TileMaker {
  private let tiling: ServiceTiling
  private let style: PictureStyle
  private let site: Site
  private let blocks: BlockCache

  /// - Parameters:
  ///   - quality: that of JPEG tiles; the service's own without it.
  ///   - blocks: keeps decoded blocks of the rasters.
  init(_ tiling: ServiceTiling, quality: Int? = nil, site: Site, blocks: BlockCache) {
    self.tiling = tiling
    self.site = site
    self.blocks = blocks
    var style = PictureStyle(of: tiling.service, format: tiling.format.imageFormat)
    style.compressionQuality = quality ?? tiling.compressionQuality
    style.compressionTolerance = tiling.lercError > 0 ? tiling.lercError : nil
    self.style = style
  }

  /// Draws and encodes a tile.
  /// - Returns: `nil` where no pixel of it holds data.
  /// - Throws: `CatalogError`, `RenderError`, `EncodingError`.
  func tile(_ tile: TileAddress, isCancelled: @escaping @Sendable () -> Bool) throws -> [UInt8]? {
    guard let grid = tiling.grid(of: tile) else { return nil }
    let selection = try RasterSelection(
      MosaicRule(), service: tiling.service, view: ImageView(grid: grid), resampling: style.resampling, site: site)
    guard !selection.sources.isEmpty else { return nil }
    let rendering = try style.plan(grid, selection).render(through: blocks, isCancelled: isCancelled)
    for warning in rendering.warnings {
      site.logger.warning("\(tiling.service.path): \(warning.source): \(warning.reason)")
    }
    guard rendering.block.validity != .none else { return nil }
    return try style.encode(rendering.block, of: grid, site: site).bytes
  }
}

extension ServiceTiling {
  /// Samples of a tile: those of elevations lie on the corners of its pixels, shared with the neighbours, so that there is one
  /// more a row and column.
  var sampleCount: (columns: Int, rows: Int) {
    let more = format == .lerc ? 1 : 0
    return (scheme.tileWidth + more, scheme.tileHeight + more)
  }

  /// A tile without data, in the form that its format has for that.
  func blankTile() throws -> [UInt8] {
    let size = sampleCount
    guard format.isLerc else {
      return try ImageFormat.png.encode(.empty(width: size.columns, height: size.rows, bands: 1, pixelType: .u8)).bytes
    }
    return try ImageFormat.lerc.encode(
      .empty(width: size.columns, height: size.rows, bands: service.bandCount, pixelType: service.pixelType)
    ).bytes
  }

  /// The pixels of a tile; `nil` when the scheme lacks its level.
  func grid(of tile: TileAddress) -> TargetGrid? {
    guard var envelope = scheme.envelope(of: tile), let resolution = scheme[tile.level]?.resolution else { return nil }
    if format == .lerc {
      let half = resolution / 2
      envelope = Envelope(
        xmin: envelope.xmin - half, ymin: envelope.ymin - half, xmax: envelope.xmax + half, ymax: envelope.ymax + half)
    }
    return TargetGrid(
      width: sampleCount.columns, height: sampleCount.rows, envelope: envelope,
      spatialReference: scheme.spatialReference)
  }
}

extension TileFormat {
  /// The encoder of tiles that are drawn.
  fileprivate var imageFormat: ImageFormat {
    switch self {
    case .png: .png
    case .png8: .png8
    case .png24: .png24
    case .png32: .png32
    case .jpeg: .jpg
    case .mixed, .pbf: .jpgpng
    case .lerc, .lerc2D: .lerc
    }
  }
}
