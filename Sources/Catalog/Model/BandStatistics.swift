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
}
