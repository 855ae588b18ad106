import Pixels

/// How often each value of a short integer type comes.
struct ValueTable {
  private let pixelType: PixelType
  private let first: Int
  private var counts: [Int]

  /// - Parameter pixelType: an integer type of 16 bits at most.
  init(_ pixelType: PixelType) {
    self.pixelType = pixelType
    first = Int(pixelType.range.lowerBound)
    counts = [Int](repeating: 0, count: Int(pixelType.range.upperBound) - first + 1)
  }

  /// Counts a value of the type.
  mutating func add(_ value: Double) { counts[Int(value) - first] += 1 }

  /// Statistics and histogram; `nil` when nothing was counted.
  var measurement: BandMeasurement? {
    guard let least = counts.firstIndex(where: { $0 > 0 }), let greatest = counts.lastIndex(where: { $0 > 0 })
    else { return nil }
    var total = 0
    var sum = 0
    for index in least...greatest {
      total += counts[index]
      sum += counts[index] * (index + first)
    }
    let mean = Double(sum) / Double(total)
    var squares = 0.0
    for index in least...greatest where counts[index] > 0 {
      let deviation = Double(index + first) - mean
      squares += deviation * deviation * Double(counts[index])
    }
    return BandMeasurement(
      statistics: BandStatistics(
        min: Double(least + first), max: Double(greatest + first), mean: mean,
        standardDeviation: (squares / Double(total)).squareRoot()),
      histogram: histogram(least: least, greatest: greatest))
  }

  private func histogram(least: Int, greatest: Int) -> BandHistogram {
    // Types of 8 bits and less: a bin a value, as ArcGIS has them.
    if pixelType.bits <= 8 {
      let low = pixelType == .s8 ? first : 0
      var bins = counts
      bins += [Int](repeating: 0, count: BandHistogram.binCount - bins.count)
      return BandHistogram(min: Double(low) - 0.5, max: Double(low) + 255.5, counts: bins)
    }
    var counter = HistogramCounter(min: Double(least + first), max: Double(greatest + first))
    for index in least...greatest where counts[index] > 0 { counter.add(Double(index + first), times: counts[index]) }
    return counter.histogram
  }
}
