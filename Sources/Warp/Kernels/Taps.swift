/// The source pixels along one axis that make a target pixel: the first one's index, and the weight of each.
struct Taps<W: BinaryFloatingPoint & SIMDScalar> {
  let start: Int
  let weights: SIMD4<W>

  /// The two pixels that surround a coordinate on an axis of `count` (at least 2) pixels. Beyond the first or last
  /// centre the neighbour is missing and the edge pixel has all the weight.
  static func bilinear(_ coordinate: Double, count: Int) -> Taps {
    let first = Int(coordinate + 0.5) - 1
    if first < 0 { return Taps(start: 0, weights: [1, 0, 0, 0]) }
    if first + 2 > count { return Taps(start: count - 2, weights: [0, 1, 0, 0]) }
    let offset = W(coordinate - 0.5 - Double(first))
    return Taps(start: first, weights: [1 - offset, offset, 0, 0])
  }

  /// The four pixels that surround a coordinate; `nil` where one is missing.
  static func cubic(_ coordinate: Double, count: Int) -> Taps? {
    let second = Int(coordinate + 0.5) - 1
    if second < 1 || second + 2 >= count { return nil }
    return Taps(start: second - 1, weights: CubicWeights.at(W(coordinate - 0.5 - Double(second))))
  }
}
