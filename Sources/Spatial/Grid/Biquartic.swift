/// A polynomial of the fourth degree in u and in v, both from -1 to 1, through a lattice of five by five values.
///
/// Coefficients stand row by row: that of `v^i * u^j` at `5 * i + j`.
enum Biquartic {
  /// Values and coefficients along an axis.
  static let order = 5
  /// Where the lattice lies on each axis.
  static let nodes = [-1, -0.5, 0, 0.5, 1]

  /// Coefficients through 25 values, row by row (v outer), appended to `coefficients`.
  static func append(through values: ArraySlice<Double>, to coefficients: inout [Double]) {
    var inner: [Double] = []
    inner.reserveCapacity(order * order)
    for row in 0..<order {
      inner += solve((0..<order).map { values[values.startIndex + row * order + $0] })
    }
    var turned = [Double](repeating: 0, count: order * order)
    for column in 0..<order {
      let solved = solve((0..<order).map { inner[$0 * order + column] })
      for power in 0..<order { turned[power * order + column] = solved[power] }
    }
    coefficients += turned
  }

  /// Coefficients by rising power of the polynomial through values at the five nodes.
  private static func solve(_ f: [Double]) -> [Double] {
    let outerSum = f[0] + f[4]
    let innerSum = f[1] + f[3]
    let outerDifference = f[4] - f[0]
    let innerDifference = f[3] - f[1]
    return [
      f[2],
      (8 * innerDifference - outerDifference) / 6,
      (16 * innerSum - outerSum - 30 * f[2]) / 6,
      (4 * outerDifference - 8 * innerDifference) / 6,
      (4 * outerSum - 16 * innerSum + 24 * f[2]) / 6,
    ]
  }

  /// The polynomial in u alone that is left at a given v: five coefficients by rising power.
  static func row(_ coefficients: Span<Double>, at start: Int, v: Double) -> (Double, Double, Double, Double, Double) {
    func column(_ power: Int) -> Double {
      var sum = coefficients[start + 20 + power]
      sum = sum * v + coefficients[start + 15 + power]
      sum = sum * v + coefficients[start + 10 + power]
      sum = sum * v + coefficients[start + 5 + power]
      return sum * v + coefficients[start + power]
    }
    return (column(0), column(1), column(2), column(3), column(4))
  }

  /// A polynomial in u at a given u.
  @inline(__always)
  static func value(_ row: (Double, Double, Double, Double, Double), u: Double) -> Double {
    (((row.4 * u + row.3) * u + row.2) * u + row.1) * u + row.0
  }
}
