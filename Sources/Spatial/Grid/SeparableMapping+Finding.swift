extension SeparableMapping {
  /// The tables of an exact mapping; `nil` where columns and rows can't be told apart.
  ///
  /// Whether they can is seen on a lattice of points over the whole target: everything that is valid must agree, column
  /// by column and row by row, to a millionth of a source pixel.
  init?(_ exact: ExactMapping) {
    let columns = Self.lattice(exact.target.width)
    let rows = Self.lattice(exact.target.height)
    var xs: [Double] = []
    var ys: [Double] = []
    for row in rows {
      xs += columns
      ys += repeatElement(row, count: columns.count)
    }
    exact.map(columns: &xs, rows: &ys)
    guard let anchor = xs.firstIndex(where: { !$0.isNaN }) else { return nil }
    let anchorColumn = anchor % columns.count
    let anchorRow = anchor / columns.count
    for index in xs.indices {
      let x = xs[anchorRow * columns.count + index % columns.count]
      let y = ys[index / columns.count * columns.count + anchorColumn]
      let slack = 1e-6 + 1e-12 * (x.magnitude + y.magnitude)
      let agrees =
        xs[index].isNaN
        ? x.isNaN || y.isNaN : (xs[index] - x).magnitude <= slack && (ys[index] - y).magnitude <= slack
      guard agrees else { return nil }
    }

    let isWhole = !xs.contains { $0.isNaN }
    self.xs = Self.table(
      exact.target.width, lattice: columns,
      values: isWhole ? columns.indices.map { xs[anchorRow * columns.count + $0] } : []
    ) { xs, isSure in
      var ys = [Double](repeating: rows[anchorRow], count: xs.count)
      if isSure { exact.map(columns: &xs, rows: &ys) } else { exact.mapTrustingly(columns: &xs, rows: &ys) }
    }
    self.ys = Self.table(
      exact.target.height, lattice: rows,
      values: isWhole ? rows.indices.map { ys[$0 * columns.count + anchorColumn] } : []
    ) { ys, isSure in
      var xs = [Double](repeating: columns[anchorColumn], count: ys.count)
      if isSure { exact.map(columns: &xs, rows: &ys) } else { exact.mapTrustingly(columns: &xs, rows: &ys) }
    }
  }

  /// The table of an axis with `count` pixels, made in the cheapest of the ways that are as good.
  /// - Parameters:
  ///   - lattice: some pixel centres of the axis, the first and the last among them.
  ///   - values: the source coordinates of the lattice; empty where not all of it has a place.
  ///   - map: turns target into source coordinates, with a look at the way back if `isSure`.
  private static func table(
    _ count: Int, lattice: [Double], values: [Double], map: (_ values: inout [Double], _ isSure: Bool) -> Void
  ) -> [Double] {
    let centers = (0..<count).map { Double($0) + 0.5 }
    if values.count > 1, let first = values.first, let last = values.last {
      let step = (last - first) / Double(count - 1)
      let isLinear = zip(lattice, values).allSatisfy { place, value in
        (first + (place - 0.5) * step - value).magnitude <= 1e-9 * (1 + value.magnitude)
      }
      if isLinear { return centers.map { first + ($0 - 0.5) * step } }
      // What rises all the way between ends that have places can't have left the map and come back.
      var quick = centers
      map(&quick, false)
      // Written so that NaN doesn't rise.
      if quick.indices.dropFirst().allSatisfy({ quick[$0] > quick[$0 - 1] }) { return quick }
    }
    var sure = centers
    map(&sure, true)
    return sure
  }

  /// Up to seven pixel centres along an axis, both ends among them, unevenly spaced so that no symmetry hides a curve.
  private static func lattice(_ count: Int) -> [Double] {
    let places = [0, 0.13, 0.31, 0.52, 0.71, 0.9, 1].map { (Double(count - 1) * $0).rounded() + 0.5 }
    return places.indices.filter { $0 == 0 || places[$0] != places[$0 - 1] }.map { places[$0] }
  }
}
