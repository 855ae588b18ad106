extension ExactMapping {
  /// Source pixels a target pixel, along the target's columns and along its rows: the medians over a lattice of pixels.
  ///
  /// A median, because near a pole or a jump of longitudes single pixels are off by any amount.
  func scale() -> (x: Double, y: Double) {
    let count = 5
    var xs: [Double] = []
    var ys: [Double] = []
    for row in 0..<count {
      for column in 0..<count {
        let x = (Double(column) + 0.5) / Double(count) * Double(target.width) - 0.5
        let y = (Double(row) + 0.5) / Double(count) * Double(target.height) - 0.5
        xs += [x, x + 1, x]
        ys += [y, y, y + 1]
      }
    }
    map(columns: &xs, rows: &ys)
    func median(to neighbour: Int) -> Double {
      let steps = stride(from: 0, to: xs.count, by: 3).compactMap { index -> Double? in
        let x = xs[index + neighbour] - xs[index]
        let y = ys[index + neighbour] - ys[index]
        return x.isNaN ? nil : (x * x + y * y).squareRoot()
      }
      return steps.isEmpty ? .nan : steps.sorted()[steps.count / 2]
    }
    return (median(to: 1), median(to: 2))
  }
}
