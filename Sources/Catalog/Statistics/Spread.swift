/// Count, least, greatest, mean and squared deviations of values, in one pass without loss of digits (Welford), and of
/// parts put together (Chan).
struct Spread {
  private(set) var count = 0.0
  private(set) var min = Double.infinity
  private(set) var max = -Double.infinity
  private var mean = 0.0
  private var squares = 0.0

  /// Takes a value in.
  mutating func add(_ value: Double) {
    count += 1
    min = Swift.min(min, value)
    max = Swift.max(max, value)
    let deviation = value - mean
    mean += deviation / count
    squares += deviation * (value - mean)
  }

  /// Takes in what another one has seen.
  mutating func merge(_ other: Spread) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let total = count + other.count
    let distance = other.mean - mean
    squares += other.squares + distance * distance * count * other.count / total
    mean += distance * other.count / total
    count += other.count
    min = Swift.min(min, other.min)
    max = Swift.max(max, other.max)
  }

  /// A spread that is known from elsewhere, of so many values.
  init(_ statistics: BandStatistics, weight: Double) {
    count = weight
    min = statistics.min
    max = statistics.max
    mean = statistics.mean
    squares = statistics.standardDeviation * statistics.standardDeviation * weight
  }

  /// Nothing seen.
  init() {}

  /// The statistics; `nil` when nothing was seen.
  var statistics: BandStatistics? {
    guard count > 0 else { return nil }
    return BandStatistics(min: min, max: max, summedMean: mean, deviation: (squares / count).squareRoot())
  }
}
