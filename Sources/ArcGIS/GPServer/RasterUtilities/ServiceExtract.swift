import Catalog
import Datasets
import Jobs
import Pixels
import RasterFiles
import Spatial
import Warp

/// A part of an image service as a raster of its own, drawn row by row: the pixels that exportImage gives for the same
/// window and size.
struct ServiceExtract: Sendable {
  /// The service.
  let service: ImageService
  /// What the raster holds.
  let layout: RasterLayout

  /// All pixels of the service in the result's spatial reference.
  private let grid: PixelGrid
  private let columns: Range<Int>
  private let rows: Range<Int>
  private let mask: PolygonMask?
  private let keepsOutside: Bool
  private let selection: RasterSelection
  private let resampling: Resampling
  private let blocks: BlockCache
  private let isCancelled: @Sendable () -> Bool
  private let warn: @Sendable (Rendering.Warning) -> Void

  /// Columns that a result may have: a row of it is drawn at once.
  private static let mostColumns = 1_000_000

  /// - Parameters:
  ///   - blocks: keeps decoded blocks for neighbouring rows.
  ///   - warn: told of what can't be drawn.
  /// - Throws: `JobFailure` where nothing is left after clipping, or more than the service gives.
  init(
    _ service: ImageService, clip: ClipSetting, context: RasterContext, site: Site, blocks: BlockCache,
    isCancelled: @escaping @Sendable () -> Bool, warn: @escaping @Sendable (Rendering.Warning) -> Void
  ) throws {
    self.service = service
    grid = try Self.grid(of: service, context)
    var columns = 0..<grid.width
    var rows = 0..<grid.height
    var mask: PolygonMask?
    for (area, isShape) in [(clip.shape, true), (clip.extent, false), (context.extent, false)] {
      guard let area else { continue }
      let cover = try Self.cover(of: area, grid, service)
      if isShape, clip.keepsOutside {
        guard case .part(let around, let across, let shape) = cover else {
          if case .all = cover { throw Self.nothing(service) }
          continue
        }
        mask = shape ?? PolygonMask(Self.box(around, across, of: grid), on: grid)
        continue
      }
      switch cover {
      case .nothing: throw Self.nothing(service)
      case .all: break
      case .part(let some, let others, let shape):
        columns = columns.clamped(to: some)
        rows = rows.clamped(to: others)
        mask = mask ?? shape
      }
    }
    guard !columns.isEmpty, !rows.isEmpty else { throw Self.nothing(service) }
    (self.columns, self.rows, self.mask, keepsOutside) = (columns, rows, mask, clip.keepsOutside)
    resampling = context.resampling
    let view = ImageView(grid: grid.target(columns: columns, rows: rows))
    selection = try RasterSelection(MosaicRule(), service: service, view: view, resampling: resampling, site: site)
    self.blocks = blocks
    self.isCancelled = isCancelled
    self.warn = warn
    layout = RasterLayout(
      width: columns.count, height: rows.count, bands: service.bandCount, pixelType: service.pixelType,
      noData: service.noData, hasMask: true, colormap: service.bandCount == 1 ? service.colormap : nil,
      georeference: Georeference(
        originX: grid.originX + Double(columns.lowerBound) * grid.pixelWidth,
        originY: grid.originY - Double(rows.lowerBound) * grid.pixelHeight, pixelWidth: grid.pixelWidth,
        pixelHeight: grid.pixelHeight, spatialReference: grid.spatialReference))
    guard layout.byteCount <= service.mostDownloadBytes, layout.width <= Self.mostColumns else {
      let limit = service.settings.maxDownloadSizeLimit
      throw JobFailure(
        "ERROR 001564: The requested part of \(service.path) has \(layout.width) x \(layout.height) pixels: more than \(limit) MB or \(Self.mostColumns) columns.",
        "A smaller extent in clipSetting, or a larger cellSize in context, is less.")
    }
  }

  /// Draws rows, counted from the first one of the raster.
  func read(_ wanted: Range<Int>) throws(RasterFileError) -> PixelBlock {
    let part = rows.lowerBound + wanted.lowerBound..<rows.lowerBound + wanted.upperBound
    var plan = RenderPlan(
      grid: grid.target(columns: columns, rows: part), sources: selection.sources, resampling: resampling,
      operation: selection.operation, pixelType: service.pixelType, bands: service.bandCount)
    plan.whole = grid.target(columns: columns, rows: rows)
    guard let rendering = try? plan.render(through: blocks, isCancelled: isCancelled) else { throw .cancelled }
    rendering.warnings.forEach(warn)
    var block = rendering.block
    if let mask {
      var kept = mask.mask(columns: columns, rows: part)
      if keepsOutside { for index in kept.indices { kept[index] = ~kept[index] } }
      block.clear(outside: kept, fill: layout.noData.map { $0 ?? 0 })
    }
    block.fillMissing(layout.noData)
    return block
  }

  /// All of the service in pixels: its own ones, or those of a cell size or another spatial reference.
  private static func grid(of service: ImageService, _ context: RasterContext) throws -> PixelGrid {
    let reference = context.spatialReference ?? service.spatialReference
    var extent = service.extent
    var cell = (x: service.pixelSizeX, y: service.pixelSizeY)
    if !reference.isSame(as: service.spatialReference) {
      guard let there = try? extent.projected(from: service.spatialReference, to: reference) else {
        throw TaskJSON.invalid("context", "an outSR in which \(service.path) has a place")
      }
      // As many pixels along the diagonal as before.
      let diagonal = hypotenuse(extent.width / cell.x, extent.height / cell.y)
      let size = hypotenuse(there.width, there.height) / diagonal
      (extent, cell) = (there, (size, size))
    }
    cell = context.cellSize ?? cell
    // A last column that is one only by rounding is none.
    let width = (extent.width / cell.x - 1e-6).rounded(.up)
    let height = (extent.height / cell.y - 1e-6).rounded(.up)
    guard max(width, height) <= 1e9 else {
      throw TaskJSON.invalid("context", "a cellSize that makes fewer than a billion columns and rows")
    }
    return PixelGrid(
      originX: extent.xmin, originY: extent.ymax, pixelWidth: cell.x, pixelHeight: cell.y, width: max(1, Int(width)),
      height: max(1, Int(height)), spatialReference: reference)
  }

  private static func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

  private static func cover(of area: ClipSetting.Area, _ grid: PixelGrid, _ service: ImageService) throws(JobFailure)
    -> GridCover
  {
    do throws(SpatialError) {
      return try grid.cover(of: area.geometry, in: area.spatialReference ?? service.spatialReference)
    } catch {
      throw TaskJSON.invalid("clipSetting", "areas that have a place in the spatial reference of the result")
    }
  }

  private static func box(_ columns: Range<Int>, _ rows: Range<Int>, of grid: PixelGrid) -> [[Point]] {
    [grid.target(columns: columns, rows: rows).envelope.ring]
  }

  private static func nothing(_ service: ImageService) -> JobFailure {
    JobFailure("ERROR 001566: clipSetting: nothing of \(service.path) is left.")
  }
}

extension PixelGrid {
  /// A part of the grid, to be drawn.
  func target(columns: Range<Int>, rows: Range<Int>) -> TargetGrid {
    TargetGrid(
      width: columns.count, height: rows.count,
      envelope: Envelope(
        xmin: originX + Double(columns.lowerBound) * pixelWidth, ymin: originY - Double(rows.upperBound) * pixelHeight,
        xmax: originX + Double(columns.upperBound) * pixelWidth, ymax: originY - Double(rows.lowerBound) * pixelHeight),
      spatialReference: spatialReference)
  }
}
