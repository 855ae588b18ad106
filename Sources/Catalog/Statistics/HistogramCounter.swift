/// Counts values into bins of equal width between the least and the greatest.
struct HistogramCounter {
  private let min: Double
  private let max: Double
  private let scale: Double
  private var counts = [Int](repeating: 0, count: BandHistogram.binCount)

  /// - Parameters:
  ///   - min: the least value, the lower edge of the first bin.
  ///   - max: the greatest value, the upper edge of the last bin; equal to `min` all values fall into the first one.
  init(min: Double, max: Double) {
    self.min = min
    self.max = max
    // Halved, so that the range of the widest doubles is finite; that of the narrowest may have no inverse.
    let inverse = Double(BandHistogram.binCount) / (max / 2 - min / 2)
    scale = inverse.isFinite ? inverse : 0
  }

  /// Counts a value between `min` and `max`.
  mutating func add(_ value: Double, times: Int = 1) {
    let bin = (value / 2 - min / 2) * scale
    counts[Int(Swift.min(Swift.max(0, bin), Double(BandHistogram.binCount - 1)))] += times
  }

  /// The histogram.
  var histogram: BandHistogram { BandHistogram(min: min, max: max, counts: counts) }
}
