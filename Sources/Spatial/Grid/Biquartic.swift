/// A polynomial of the fourth degree in u and in v, both from -1 to 1, through a lattice of five by five values.
///
/// Coefficients stand row by row: that of `v^i * u^j` at `5 * i + j`.
enum Biquartic {
  /// Values and coefficients along an axis.
  static let order = 5
  /// Where the lattice lies on each axis.
  static let nodes = [-1, -0.5, 0, 0.5, 1]

  /// Turns 25 values, row by row (v outer) from `start` on, into the coefficients of the polynomial through them.
  static func solve(_ values: inout MutableSpan<Double>, at start: Int) {
    for row in 0..<order { solve(&values, at: start + row * order, stride: 1) }
    for column in 0..<order { solve(&values, at: start + column, stride: order) }
  }

  /// Turns five values at the nodes of one axis into coefficients by rising power.
  private static func solve(_ f: inout MutableSpan<Double>, at start: Int, stride: Int) {
    let middle = f[start + 2 * stride]
    let outerSum = f[start] + f[start + 4 * stride]
    let innerSum = f[start + stride] + f[start + 3 * stride]
    let outerDifference = f[start + 4 * stride] - f[start]
    let innerDifference = f[start + 3 * stride] - f[start + stride]
    f[start] = middle
    f[start + stride] = (8 * innerDifference - outerDifference) / 6
    f[start + 2 * stride] = (16 * innerSum - outerSum - 30 * middle) / 6
    f[start + 3 * stride] = (4 * outerDifference - 8 * innerDifference) / 6
    f[start + 4 * stride] = (4 * outerSum - 16 * innerSum + 24 * middle) / 6
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
  static func value(_ row: (Double, Double, Double, Double, Double), u: Double) -> Double {
    (((row.4 * u + row.3) * u + row.2) * u + row.1) * u + row.0
  }

  /// Writes a polynomial in u at even steps from `u` on to the places of `values`.
  static func write(
    _ row: (Double, Double, Double, Double, Double), from u: Double, step: Double, to values: inout MutableSpan<Double>,
    at places: Range<Int>
  ) {
    var place = places.lowerBound
    // Four at a time: this loop runs for every pixel of a picture.
    var us = SIMD4(u, u + step, u + 2 * step, u + 3 * step)
    var bytes = values.mutableBytes
    while place + 4 <= places.upperBound {
      let high = (us * row.4 + row.3) * us + row.2
      let sums = (high * us + row.1) * us + row.0
      bytes.storeBytes(of: sums, toByteOffset: place * MemoryLayout<Double>.stride, as: SIMD4<Double>.self)
      us += 4 * step
      place += 4
    }
    while place < places.upperBound {
      values[place] = value(row, u: u + Double(place - places.lowerBound) * step)
      place += 1
    }
  }
}
