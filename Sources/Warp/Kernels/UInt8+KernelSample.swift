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
  static func bilinear(
    _ north: UnsafePointer<UInt8>, _ south: UnsafePointer<UInt8>, bands: Int, u: Float, v: Float
  ) -> UInt8 {
    let east = Int(u * 2048 + 0.5)
    let lower = Int(v * 2048 + 0.5)
    let (west, upper) = (one &- east, one &- lower)
    let above: Int = Int(north[0]) &* west &+ Int(north[bands]) &* east
    let below: Int = Int(south[0]) &* west &+ Int(south[bands]) &* east
    return UInt8(truncatingIfNeeded: (above &* upper &+ below &* lower &+ 1 << 21) >> 22)
  }

  @inline(__always)
  static func cubic(_ first: UnsafePointer<UInt8>, bands: Int, stride: Int, u: Float, v: Float) -> UInt8 {
    let (west, nearWest, nearEast, east) = wholeWeights(u)
    let vertical = wholeWeights(v)
    let row = { (sample: UnsafePointer<UInt8>) -> Int in
      let left: Int = Int(sample[0]) &* west &+ Int(sample[bands]) &* nearWest
      let right: Int = Int(sample[2 &* bands]) &* nearEast &+ Int(sample[3 &* bands]) &* east
      return left &+ right
    }
    let upper: Int = row(first) &* vertical.0 &+ row(first + stride) &* vertical.1
    let lower: Int = row(first + 2 &* stride) &* vertical.2 &+ row(first + 3 &* stride) &* vertical.3
    return UInt8(truncatingIfNeeded: Swift.min(Swift.max((upper &+ lower &+ 1 << 21) >> 22, 0), 255))
  }

  /// Cubic weights in units of 1/2048; together they are one.
  @inline(__always)
  private static func wholeWeights(_ offset: Float) -> (Int, Int, Int, Int) {
    let weights = CubicWeights.at(offset) * 2048
    // The outer weights are never positive.
    let first = Int(weights[0] - 0.5)
    let third = Int(weights[2] + 0.5)
    let fourth = Int(weights[3] - 0.5)
    return (first, one &- first &- third &- fourth, third, fourth)
  }
}
