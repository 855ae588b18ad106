import Pixels

/// A rectangle of target pixels that is resampled in one go from one window of source pixels.
struct Tile {
  let source: OpenSource
  let columns: Range<Int>
  let rows: Range<Int>
  /// Where the centres lie; as `tables` of the source when there are some.
  let places: Places

  /// Coordinates of pixel centres.
  enum Places {
    /// One x a column, one y a row.
    case separable(xs: [Double], ys: [Double])
    /// One place a pixel, row by row.
    case free(xs: [Double], ys: [Double])
  }

  /// From the least to the greatest coordinate of the centres that lie in the level; `nil` when none does.
  private let extremes: (x: ClosedRange<Double>, y: ClosedRange<Double>)?
  /// Whether every centre lies in the level.
  let isComplete: Bool
  /// Whether every centre lies in the level and is more than two pixels away from its edges.
  let isInterior: Bool

  init(source: OpenSource, columns: Range<Int>, rows: Range<Int>) {
    self.source = source
    self.columns = columns
    self.rows = rows
    let (width, height) = (source.level.width, source.level.height)
    if let tables = source.tables {
      let (xs, ys) = (Array(tables.xs[columns]), Array(tables.ys[rows]))
      places = .separable(xs: xs, ys: ys)
      if let x = Self.extremes(xs), let y = Self.extremes(ys) { extremes = (x, y) } else { extremes = nil }
      isComplete = true
    } else {
      let (xs, ys) = source.mapping.coordinates(
        columns: columns, rows: rows, sharp: source.resampling == .nearest)
      places = .free(xs: xs, ys: ys)
      (extremes, isComplete) = Self.extremes(xs, ys, width: width, height: height)
    }
    if let extremes, isComplete {
      isInterior =
        extremes.x.lowerBound > 2 && extremes.x.upperBound < Double(width - 2) && extremes.y.lowerBound > 2
        && extremes.y.upperBound < Double(height - 2)
    } else {
      isInterior = false
    }
  }

  /// The source pixels that the tile needs; `nil` when no centre lies in the level.
  var bounds: WindowBounds? {
    if source.resampling == .majority { return majorityBounds }
    guard let extremes else { return nil }
    let reach: Int =
      switch source.resampling {
      case .nearest, .majority: 0
      case .bilinear: 1
      case .cubic: 2
      }
    let bounds = WindowBounds(
      columns: Self.pixels(extremes.x, reach: reach, count: source.level.width),
      rows: Self.pixels(extremes.y, reach: reach, count: source.level.height))
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

  /// The extremes of the places that lie in the level, and whether all of them do.
  private static func extremes(
    _ xs: [Double], _ ys: [Double], width: Int, height: Int
  ) -> ((x: ClosedRange<Double>, y: ClosedRange<Double>)?, isComplete: Bool) {
    var (left, right) = (Double.infinity, -Double.infinity)
    var (top, bottom) = (Double.infinity, -Double.infinity)
    var isComplete = true
    for index in xs.indices {
      let (x, y) = (xs[index], ys[index])
      guard PixelIndex.isInside(x, count: width), PixelIndex.isInside(y, count: height) else {
        isComplete = false
        continue
      }
      if x < left { left = x }
      if x > right { right = x }
      if y < top { top = y }
      if y > bottom { bottom = y }
    }
    return (left <= right && top <= bottom ? (left...right, top...bottom) : nil, isComplete)
  }
}
