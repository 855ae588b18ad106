import Datasets
import Pixels
import Spatial

/// An open raster, and how one picture takes its pixels.
struct OpenSource: Sendable {
  let info: RasterInfo
  let level: RasterInfo.Level
  let reader: WindowReader
  let mapping: PixelMapping
  /// Where the corners of target pixels lie, for methods that look at the whole of a target pixel.
  let corners: PixelMapping?
  let resampling: Resampling
  /// Bands of the windows that `reader` gives.
  let bands: Int
  /// For each band of the picture the band of the windows; `nil` where the raster lacks it.
  let bandOrder: [Int?]
  /// The palette to put in the place of sample values.
  let colormap: [SIMD4<UInt8>]?

  /// The tables of `mapping`; `nil` also where corners are looked at that have none.
  var tables: PixelMapping.Tables? {
    if let corners, corners.tables == nil { return nil }
    return mapping.tables
  }

  /// Opens a raster for a picture.
  init(_ source: RenderSource, for plan: RenderPlan, cache: BlockCache) throws(RasterError) {
    let dataset = try source.open()
    info = dataset.info
    let grid = plan.grid
    let base = PixelGrid(
      originX: info.georeference.originX, originY: info.georeference.originY,
      pixelWidth: info.georeference.pixelWidth, pixelHeight: info.georeference.pixelHeight, width: info.width,
      height: info.height, spatialReference: info.georeference.spatialReference)
    let target = grid.pixels
    let isPalette = info.colormap != nil
    resampling = isPalette && plan.resampling != .majority ? .nearest : plan.resampling
    let index: Int
    do {
      let transformer = try GridTransformer(from: target, to: base, by: plan.datumTransformation)
      let scale =
        try plan.whole.map { try GridTransformer.scale(from: $0.pixels, to: base, by: plan.datumTransformation) }
        ?? transformer.scale
      index = LevelChoice.index(of: info.levels, scale: scale)
      level = info.levels[index]
      let factorX = Double(level.width) / Double(info.width)
      let factorY = Double(level.height) / Double(info.height)
      mapping = PixelMapping(transformer, grid: grid, factorX: factorX, factorY: factorY)
      if resampling == .majority {
        let shifted = TargetGrid.corners(of: target)
        corners = PixelMapping(
          try GridTransformer(from: shifted.pixels, to: base, by: plan.datumTransformation), grid: shifted.grid,
          factorX: factorX, factorY: factorY)
      } else {
        corners = nil
      }
    } catch {
      throw .unsupported("\(source.name) can't be drawn in this spatial reference: \(error)")
    }
    let wanted = plan.bandIds ?? Array(0..<plan.bands)
    let selection = BandSelection(wanted: wanted, bands: info.bands, expandsPalette: isPalette && plan.bands >= 3)
    bandOrder = selection.order
    bands = selection.read?.count ?? info.bands
    colormap = selection.expandsPalette ? info.colormap : nil
    reader = WindowReader(
      dataset: dataset, level: index, cache: cache, bands: selection.read, rule: plan.noData,
      compared: selection.compared)
  }
}
