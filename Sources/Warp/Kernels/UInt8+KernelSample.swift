import Pixels

/// Bytes are weighed in whole numbers: weights of 1/2048 put a blend off by at most an eighth of a level before it is
/// rounded, and cost a third of what floats do.
extension UInt8: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    self = UInt8(truncatingIfNeeded: Int32(Swift.min(Swift.max(value, 0), 255) + 0.5))
  }

  /// The weight that stands for 1.
  private static var one: Int { 2048 }

  @inline(__always)
  static func place(_ coordinate: Double) -> (pixel: Int, offset: Int) {
    // Added to 2 ^ 52 a number is rounded to a whole one, which stands in the low bits: without the checks that a
    // conversion makes, for coordinates far beyond those of any window.
    let units = Int(truncatingIfNeeded: ((coordinate + 0.5) * 2048 + 0x1p52).bitPattern & 0xF_FFFF_FFFF_FFFF)
    return (units >> 11 &- 1, units & 2047)
  }

  @inline(__always)
  static func wide(_ offset: Int) -> Float { Float(offset) / 2048 }

  @inline(__always)
  static func bilinear(
    _ north: UnsafePointer<UInt8>, _ south: UnsafePointer<UInt8>, bands: Int, u: Int, v: Int
  ) -> UInt8 {
    let above: Int = Int(north[0]) &* (one &- u) &+ Int(north[bands]) &* u
    let below: Int = Int(south[0]) &* (one &- u) &+ Int(south[bands]) &* u
    return UInt8(truncatingIfNeeded: (above &* (one &- v) &+ below &* v &+ 1 << 21) >> 22)
  }

  @inline(__always)
  static func cubic(_ first: UnsafePointer<UInt8>, bands: Int, stride: Int, u: Int, v: Int) -> UInt8 {
    let horizontal = cubicWeights[u]
    let vertical = cubicWeights[v]
    var sample = first
    var sum: Int32 = 1 << 21
    for line in 0..<4 {
      let left: Int32 = Int32(sample[0]) &* horizontal[0] &+ Int32(sample[bands]) &* horizontal[1]
      let right: Int32 = Int32(sample[2 &* bands]) &* horizontal[2] &+ Int32(sample[3 &* bands]) &* horizontal[3]
      // At most 255 * (1.25 * 2048) ^ 2 in all: it fits.
      sum &+= (left &+ right) &* vertical[line]
      sample += stride
    }
    return UInt8(truncatingIfNeeded: Swift.min(Swift.max(sum >> 22, 0), 255))
  }

  /// Cubic weights for each offset, in units of 1/2048; the four of an offset are 2048 together.
  private static let cubicWeights: [SIMD4<Int32>] = (0..<2048).map { offset in
    let weights = (CubicWeights.at(Double(offset) / 2048) * 2048).rounded(.toNearestOrAwayFromZero)
    var whole = SIMD4<Int32>(weights)
    whole[1] = 2048 - whole[0] - whole[2] - whole[3]
    return whole
  }
}
