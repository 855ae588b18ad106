import Spatial

/// Numbers places so that near ones have near numbers.
enum HilbertCurve {
  /// The position along a Hilbert curve with 65,536 steps a side that fills an extent.
  static func position(of point: Point, in extent: Envelope) -> UInt32 {
    var x = step(point.x - extent.xmin, of: extent.width)
    var y = step(point.y - extent.ymin, of: extent.height)
    var position: UInt32 = 0
    var side: UInt32 = 1 << 15
    while side > 0 {
      let right: UInt32 = x & side > 0 ? 1 : 0
      let upper: UInt32 = y & side > 0 ? 1 : 0
      position &+= side &* side &* ((3 &* right) ^ upper)
      if upper == 0 {
        if right == 1 {
          x = 65_535 &- x
          y = 65_535 &- y
        }
        swap(&x, &y)
      }
      side >>= 1
    }
    return position
  }

  private static func step(_ distance: Double, of length: Double) -> UInt32 {
    // No number where an extent is empty or too wide for one.
    let share = distance / length
    guard share > 0 else { return 0 }
    return UInt32(min(share * 65_536, 65_535))
  }
}
