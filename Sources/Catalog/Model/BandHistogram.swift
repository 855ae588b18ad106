/// How often samples of one band fall into each of 256 bins of equal width.
public struct BandHistogram: Sendable, Hashable {
  /// The lower edge of the first bin; -0.5 for 8-bit bands, whose bins are one value wide.
  public var min: Double
  /// The upper edge of the last bin; 255.5 for unsigned 8-bit bands.
  public var max: Double
  /// Samples a bin; a sample on an inner edge counts in the bin above.
  public var counts: [Int]

  /// A histogram from its edges and counts.
  public init(min: Double, max: Double, counts: [Int]) {
    self.min = min
    self.max = max
    self.counts = counts
  }

  /// Bins of every histogram.
  public static let binCount = 256
}
