/// The exact way from target pixels to source pixels, a point at a time, in the calling thread.
struct ExactMapping {
  let target: PixelGrid
  let source: PixelGrid
  let transformation: Transformation

  init(from target: PixelGrid, to source: PixelGrid) throws(SpatialError) {
    self.target = target
    self.source = source
    transformation = try .between(target.spatialReference, source.spatialReference)
  }

  /// Turns target pixel coordinates into source pixel coordinates, in place; NaN where they have no place.
  func map(columns: inout [Double], rows: inout [Double]) {
    for index in columns.indices {
      columns[index] = target.x(atColumn: columns[index])
      rows[index] = target.y(atRow: rows[index])
    }
    transformation.transformFaithfully(
      xs: &columns, ys: &rows, reachX: target.pixelWidth, reachY: target.pixelHeight)
    for index in columns.indices {
      columns[index] = source.column(atX: columns[index])
      rows[index] = source.row(atY: rows[index])
    }
  }
}
