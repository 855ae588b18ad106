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

  /// Turns target pixel coordinates into source pixel coordinates, in place.
  ///
  /// A point counts only if the way back leads to it again. Projections repeat themselves beyond their bounds (Web Mercator
  /// beyond 180 degrees), or answer for places that are not on their map at all: nothing is drawn there.
  func map(columns: inout [Double], rows: inout [Double]) {
    for index in columns.indices {
      columns[index] = target.x(atColumn: columns[index])
      rows[index] = target.y(atRow: rows[index])
    }
    let wantedX = columns
    let wantedY = rows
    transformation.transform(xs: &columns, ys: &rows)
    var backX = columns
    var backY = rows
    transformation.transform(xs: &backX, ys: &backY, direction: .inverse)
    for index in columns.indices {
      let reachX = target.pixelWidth + 1e-6 * wantedX[index].magnitude
      let reachY = target.pixelHeight + 1e-6 * wantedY[index].magnitude
      let returns =
        (backX[index] - wantedX[index]).magnitude <= reachX && (backY[index] - wantedY[index]).magnitude <= reachY
      columns[index] = returns ? source.column(atX: columns[index]) : .nan
      rows[index] = returns ? source.row(atY: rows[index]) : .nan
    }
  }
}
