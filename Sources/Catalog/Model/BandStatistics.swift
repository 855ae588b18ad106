/// Statistics of the samples of one band that hold data.
public struct BandStatistics: Sendable, Hashable {
  /// The least sample.
  public var min: Double
  /// The greatest sample.
  public var max: Double
  /// The arithmetic mean.
  public var mean: Double
  /// The standard deviation of the samples as a whole population.
  public var standardDeviation: Double

  /// Statistics from their four numbers.
  public init(min: Double, max: Double, mean: Double, standardDeviation: Double) {
    self.min = min
    self.max = max
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Statistics from sums that samples near the greatest double may have overflowed: in place of a mean that is no number
  /// stands the middle of the range, in place of such a deviation 0.
  init(min: Double, max: Double, summedMean: Double?, deviation: Double?) {
    self.init(
      min: min, max: max, mean: summedMean.flatMap { $0.isFinite ? $0 : nil } ?? min / 2 + max / 2,
      standardDeviation: deviation.flatMap { $0.isFinite ? $0 : nil } ?? 0)
  }
}
