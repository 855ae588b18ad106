/// The exact way from target pixels to source pixels, a point at a time, in the calling thread.
struct ExactMapping {
  let target: PixelGrid
  let source: PixelGrid
  let transformation: Transformation
  /// Columns around the Earth, and the column in the middle, of a raster in longitudes that reaches beyond half a turn: it
  /// has places that PROJ gives on the other side.
  private let wrapping: (turn: Double, middle: Double)?

  init(from target: PixelGrid, to source: PixelGrid, by datum: DatumTransformation?) throws(SpatialError) {
    self.target = target
    self.source = source
    transformation = try .between(target.spatialReference, source.spatialReference, by: datum)
    wrapping =
      source.envelope.reachesBeyondHalfTurn(in: source.spatialReference)
      ? (2 * source.spatialReference.halfTurn / source.pixelWidth, Double(source.width) / 2) : nil
  }

  /// Turns target pixel coordinates into source pixel coordinates, in place; NaN where they have no place.
  func map(columns: inout [Double], rows: inout [Double]) {
    toGround(&columns, &rows)
    transformation.transformFaithfully(xs: &columns, ys: &rows)
    toPixels(&columns, &rows)
  }

  /// The same in half the time, but beyond the bounds of a projection it may give other places on Earth.
  func mapTrustingly(columns: inout [Double], rows: inout [Double]) {
    toGround(&columns, &rows)
    transformation.transform(xs: &columns, ys: &rows)
    toPixels(&columns, &rows)
  }

  private func toGround(_ columns: inout [Double], _ rows: inout [Double]) {
    for index in columns.indices {
      columns[index] = target.x(atColumn: columns[index])
      rows[index] = target.y(atRow: rows[index])
    }
  }

  private func toPixels(_ columns: inout [Double], _ rows: inout [Double]) {
    for index in columns.indices {
      var column = source.column(atX: columns[index])
      if let (turn, middle) = wrapping { column -= turn * ((column - middle) / turn).rounded() }
      let row = source.row(atY: rows[index])
      let isPlace = column.isFinite && row.isFinite
      columns[index] = isPlace ? column : .nan
      rows[index] = isPlace ? row : .nan
    }
  }
}
