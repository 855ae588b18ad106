extension ExactMapping {
  /// Source pixels a target pixel, along the target's columns and along its rows: the medians over a lattice of pixels.
  ///
  /// A median, because near a pole or a jump of longitudes single pixels are off by any amount.
  func scale() -> (x: Double, y: Double) {
    let count = 7
    var xs: [Double] = []
    var ys: [Double] = []
    for row in 0..<count {
      for column in 0..<count {
        let x = (Double(column) + 0.5) / Double(count) * Double(target.width)
        let y = (Double(row) + 0.5) / Double(count) * Double(target.height)
        xs += [x - 0.5, x + 0.5, x, x]
        ys += [y, y, y - 0.5, y + 0.5]
      }
    }
    map(columns: &xs, rows: &ys)
    func median(from first: Int) -> Double {
      let steps = stride(from: first, to: xs.count, by: 4).compactMap { index -> Double? in
        let x = xs[index + 1] - xs[index]
        let y = ys[index + 1] - ys[index]
        return x.isNaN ? nil : (x * x + y * y).squareRoot()
      }
      return steps.isEmpty ? .nan : steps.sorted()[steps.count / 2]
    }
    return (median(from: 0), median(from: 2))
  }
}
