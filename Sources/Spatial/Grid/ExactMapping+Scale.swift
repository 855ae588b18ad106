extension ExactMapping {
  /// Source pixels a target pixel, counted along the source's columns and along its rows: the medians over some pixels that
  /// lie in both grids, or where there is none, over the whole target.
  ///
  /// A median, because near a pole or a jump of longitudes single pixels are off by any amount.
  func scale() -> (x: Double, y: Double) {
    let targetLattice = Self.lattice(target)
    let places = targetLattice + sourceLattice()
    var xs: [Double] = []
    var ys: [Double] = []
    for place in places {
      xs += [place.x - 0.5, place.x + 0.5, place.x - 0.5]
      ys += [place.y - 0.5, place.y - 0.5, place.y + 0.5]
    }
    map(columns: &xs, rows: &ys)
    let within = places.indices.filter { index in
      Self.contains(target, places[index]) && Self.contains(source, Point(x: xs[3 * index], y: ys[3 * index]))
    }
    func median(of values: [Double]) -> Double {
      let steps = (within.isEmpty ? Array(targetLattice.indices) : within).compactMap { index -> Double? in
        let right = values[3 * index + 1] - values[3 * index]
        let down = values[3 * index + 2] - values[3 * index]
        let step = (right * right + down * down).squareRoot()
        return step.isNaN ? nil : step
      }
      return steps.isEmpty ? .nan : steps.sorted()[steps.count / 2]
    }
    return (median(of: xs), median(of: ys))
  }

  /// Where some pixels of the source lie in the target, in target pixels.
  private func sourceLattice() -> [Point] {
    let places = Self.lattice(source)
    var xs = places.map { source.x(atColumn: $0.x) }
    var ys = places.map { source.y(atRow: $0.y) }
    transformation.transform(xs: &xs, ys: &ys, direction: .inverse)
    return zip(xs, ys).map { Point(x: target.column(atX: $0), y: target.row(atY: $1)) }
  }

  /// Five by five places over a grid, in its pixels.
  private static func lattice(_ grid: PixelGrid) -> [Point] {
    (0..<25).map {
      Point(
        x: (Double($0 % 5) + 0.5) / 5 * Double(grid.width), y: (Double($0 / 5) + 0.5) / 5 * Double(grid.height))
    }
  }

  private static func contains(_ grid: PixelGrid, _ place: Point) -> Bool {
    place.x >= 0 && place.y >= 0 && place.x <= Double(grid.width) && place.y <= Double(grid.height)
  }
}
