import Pixels

/// A rectangle of target pixels that is resampled in one go from one window of source pixels.
struct Tile {
  let source: OpenSource
  let columns: Range<Int>
  let rows: Range<Int>
  /// Where the centres lie; as `tables` of the mapping when there are some.
  let places: Places

  /// Coordinates of pixel centres.
  enum Places {
    /// One x a column, one y a row.
    case separable(xs: [Double], ys: [Double])
    /// One place a pixel, row by row.
    case free(xs: [Double], ys: [Double])
  }

  init(source: OpenSource, columns: Range<Int>, rows: Range<Int>) {
    self.source = source
    self.columns = columns
    self.rows = rows
    if let tables = source.mapping.tables {
      places = .separable(xs: Array(tables.xs[columns]), ys: Array(tables.ys[rows]))
    } else {
      let (xs, ys) = source.mapping.coordinates(columns: columns, rows: rows)
      places = .free(xs: xs, ys: ys)
    }
  }

  /// The source pixels that the tile needs; `nil` when no centre lies in the level.
  var bounds: WindowBounds? {
    let (width, height) = (source.level.width, source.level.height)
    if source.resampling == .majority { return majorityBounds }
    let extremes: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    switch places {
    case .separable(let xs, let ys):
      guard let x = Self.extremes(xs), let y = Self.extremes(ys) else { return nil }
      extremes = (x, y)
    case .free(let xs, let ys):
      guard let both = Self.extremes(xs, ys, width: width, height: height) else { return nil }
      extremes = both
    }
    let reach: Int =
      switch source.resampling {
      case .nearest, .majority: 0
      case .bilinear: 1
      case .cubic: 2
      }
    let bounds = WindowBounds(
      columns: Self.pixels(extremes.x, reach: reach, count: width),
      rows: Self.pixels(extremes.y, reach: reach, count: height))
    return bounds.isEmpty ? nil : bounds
  }

  private static func pixels(_ coordinates: ClosedRange<Double>, reach: Int, count: Int) -> Range<Int> {
    let first = max(0, coordinates.lowerBound)
    let last = min(Double(count), coordinates.upperBound)
    guard first <= last else { return 0..<0 }
    return max(0, Int(first) - reach)..<min(count, PixelIndex.of(last) + reach + 1)
  }

  private static func extremes(_ values: [Double]) -> ClosedRange<Double>? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values {
      if value < low { low = value }
      if value > high { high = value }
    }
    return low <= high ? low...high : nil
  }

  private static func extremes(
    _ xs: [Double], _ ys: [Double], width: Int, height: Int
  ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>)? {
    var (left, right) = (Double.infinity, -Double.infinity)
    var (top, bottom) = (Double.infinity, -Double.infinity)
    for index in xs.indices {
      let (x, y) = (xs[index], ys[index])
      guard PixelIndex.isInside(x, count: width), PixelIndex.isInside(y, count: height) else { continue }
      left = min(left, x)
      right = max(right, x)
      top = min(top, y)
      bottom = max(bottom, y)
    }
    return left <= right && top <= bottom ? (left...right, top...bottom) : nil
  }
}
