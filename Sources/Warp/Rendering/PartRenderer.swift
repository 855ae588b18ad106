import Datasets
import Pixels

/// Draws a part of a picture: all rasters that have a share in it.
struct PartRenderer: Sendable {
  let plan: RenderPlan
  let pool: SourcePool
  /// Where each raster can have pixels, as columns and rows of the picture; `nil` when unknown.
  let footprints: [WindowBounds?]

  /// Draws all columns of some rows.
  /// - Throws: `RenderError.cancelled` when `isCancelled` says so between two rasters or within one.
  func render(rows: Range<Int>, isCancelled: @escaping () -> Bool) throws(RenderError) -> PixelBlock {
    let columns = 0..<plan.grid.width
    var mosaic = Mosaic(
      columns: columns, rows: rows, operation: operation, bands: plan.bands, pixelType: plan.pixelType)
    let order = operation == .last ? Array(plan.sources.indices.reversed()) : Array(plan.sources.indices)
    for index in order {
      if isCancelled() { throw .cancelled }
      let footprint = footprints[index] ?? WindowBounds(columns: columns, rows: rows)
      let part = WindowBounds(columns: footprint.columns, rows: footprint.rows.clamped(to: rows))
      if part.isEmpty || mosaic.isFilled(columns: part.columns, rows: part.rows) { continue }
      guard let source = pool.source(index) else { continue }
      guard let layer = try layer(source, part, isCancelled: isCancelled, onDamage: { pool.warn(index, $0) }) else {
        continue
      }
      mosaic.add(layer)
    }
    return mosaic.finish()
  }

  /// One raster is itself under every operation.
  private var operation: MosaicOperation { plan.sources.count == 1 ? .first : plan.operation }

  private func layer(
    _ source: OpenSource, _ part: WindowBounds, isCancelled: @escaping () -> Bool,
    onDamage: @escaping (RasterError) -> Void
  ) throws(RenderError) -> Layer? {
    guard
      let (block, columns, rows) = try LayerRenderer.render(
        source, columns: part.columns, rows: part.rows, isCancelled: isCancelled, onDamage: onDamage)
    else { return nil }
    let conversion = LayerConversion(
      pixelType: plan.pixelType, bands: plan.bands, order: source.bandOrder, colormap: source.colormap)
    let weights = operation == .blend ? BlendWeights.weights(of: source, columns: columns, rows: rows) : []
    return Layer(columns: columns, rows: rows, block: conversion.convert(block), weights: weights)
  }
}
