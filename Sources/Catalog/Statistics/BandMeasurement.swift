/// What is measured of the samples of one band.
public struct BandMeasurement: Sendable, Hashable {
  /// Least, greatest, mean and spread.
  public var statistics: BandStatistics
  /// The distribution.
  public var histogram: BandHistogram
}
