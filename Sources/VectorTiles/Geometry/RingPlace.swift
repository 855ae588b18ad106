/// Where points lie, exactly.
enum RingPlace {
  /// The side of the line from `a` to `b` on which `c` lies: 1 to the right as seen on a map (y runs down), -1 to the left, 0
  /// on it.
  @inline(__always)
  static func side(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Int {
    let (dx, dy) = (b.x &- a.x, b.y &- a.y)
    let (ex, ey) = (c.x &- a.x, c.y &- a.y)
    if UInt(dx.magnitude | dy.magnitude | ex.magnitude | ey.magnitude) < 1 << 30 {
      return (dx &* ey &- dy &* ex).signum()
    }
    return Int((Int128(dx) * Int128(ey) - Int128(dy) * Int128(ex)).signum())
  }

  /// Whether a point lies within a ring; one on the ring may count as either.
  static func isInside(_ point: GridPoint, _ ring: ArraySlice<GridPoint>) -> Bool {
    guard var previous = ring.last else { return false }
    var isInside = false
    for next in ring {
      if (previous.y > point.y) != (next.y > point.y) {
        let side = side(previous, next, point)
        // The crossing lies to the left of the point.
        if (next.y > previous.y) == (side < 0) && side != 0 { isInside.toggle() }
      }
      previous = next
    }
    return isInside
  }
}
