/// Samples a pixel, known to the compiler for the usual counts, so that loops over bands are unrolled.
protocol BandCount {
  var count: Int { get }
}

/// One sample a pixel.
struct OneBand: BandCount {
  @inline(__always) var count: Int { 1 }
}

/// Three samples a pixel.
struct ThreeBands: BandCount {
  @inline(__always) var count: Int { 3 }
}

/// Any number of samples a pixel.
struct AnyBands: BandCount {
  let count: Int
}
