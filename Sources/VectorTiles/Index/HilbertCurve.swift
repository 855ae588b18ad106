/// Hilbert's curve: what is near on it is near on the plane.
enum HilbertCurve {
  /// Binary digits of either coordinate.
  static let digits = 16

  /// How far along the curve a place lies, from 0 to 2^32 - 1. The first 2n digits are those of the place's square among 2^n
  /// by 2^n.
  static func distance(x: UInt32, y: UInt32) -> UInt32 {
    var (x, y) = (x & 0xFFFF, y & 0xFFFF)
    var distance: UInt32 = 0
    var side: UInt32 = 1 << 15
    while side > 0 {
      let right: UInt32 = x & side > 0 ? 1 : 0
      let low: UInt32 = y & side > 0 ? 1 : 0
      distance = distance << 2 | (3 * right) ^ low
      if low == 0 {
        if right == 1 { (x, y) = (0xFFFF - x, 0xFFFF - y) }
        swap(&x, &y)
      }
      side >>= 1
    }
    return distance
  }
}
