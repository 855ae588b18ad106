extension SeparableMapping {
  /// The tables of an exact mapping; `nil` where columns and rows can't be told apart.
  ///
  /// Whether they can is seen on a lattice of points over the whole target: everything that is valid must agree, column
  /// by column and row by row, to a millionth of a source pixel.
  init?(_ exact: ExactMapping) {
    let width = exact.target.width
    let height = exact.target.height
    let latticeColumns = Self.lattice(width)
    let latticeRows = Self.lattice(height)
    var xs: [Double] = []
    var ys: [Double] = []
    for row in latticeRows {
      xs += latticeColumns
      ys += repeatElement(row, count: latticeColumns.count)
    }
    exact.map(columns: &xs, rows: &ys)
    guard let anchor = xs.indices.first(where: { !xs[$0].isNaN }) else { return nil }
    let anchorRow = anchor / latticeColumns.count
    let anchorColumn = anchor % latticeColumns.count
    for row in latticeRows.indices {
      for column in latticeColumns.indices {
        let index = row * latticeColumns.count + column
        let x = xs[anchorRow * latticeColumns.count + column]
        let y = ys[row * latticeColumns.count + anchorColumn]
        if xs[index].isNaN {
          guard x.isNaN || y.isNaN else { return nil }
        } else {
          let slack = 1e-6 + 1e-12 * (xs[index].magnitude + ys[index].magnitude)
          guard (xs[index] - x).magnitude <= slack, (ys[index] - y).magnitude <= slack else { return nil }
        }
      }
    }

    xs = (0..<width).map { Double($0) + 0.5 }
    ys = [Double](repeating: latticeRows[anchorRow], count: width)
    exact.map(columns: &xs, rows: &ys)
    self.xs = xs
    ys = (0..<height).map { Double($0) + 0.5 }
    xs = [Double](repeating: latticeColumns[anchorColumn], count: height)
    exact.map(columns: &xs, rows: &ys)
    self.ys = ys
  }

  /// Up to nine pixel centres along an axis, both ends among them, unevenly spaced so that no symmetry hides a curve.
  private static func lattice(_ count: Int) -> [Double] {
    let places = [0, 0.09, 0.23, 0.37, 0.52, 0.66, 0.79, 0.93, 1].map { (Double(count - 1) * $0).rounded() + 0.5 }
    return places.indices.filter { $0 == 0 || places[$0] != places[$0 - 1] }.map { places[$0] }
  }
}
