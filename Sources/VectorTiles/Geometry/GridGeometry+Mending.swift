extension GridGeometry {
  /// Units along a side of what is so small that only its outline counts: half a pixel of a tile.
  private static let smallSide = 4

  /// Mends what rounding to a tile's units does most: takes away points where a ring turns back on itself, and what lies
  /// within half a pixel becomes its convex hull, without holes. Areas may be gone afterwards, and need not be valid.
  mutating func mendSmallFlaws() {
    var out = GridGeometry()
    var isExteriorSmall = false
    var isExteriorGone = false
    for part in parts {
      var ring = Array(points[part.range])
      if part.role == .exterior {
        isExteriorSmall = Self.isSmall(ring)
        if isExteriorSmall { ring = Self.hull(ring) } else { Self.dropSpikes(&ring) }
        isExteriorGone = ring.count < 3
      } else {
        if isExteriorSmall || isExteriorGone { continue }
        Self.dropSpikes(&ring)
      }
      if ring.count > 2 { out.append(part.role, ring) }
    }
    self = out
  }

  private static func isSmall(_ ring: [GridPoint]) -> Bool {
    var box = GridBox.empty
    for point in ring { box.add(point) }
    return box.maxX - box.minX <= smallSide && box.maxY - box.minY <= smallSide
  }

  private static func dropSpikes(_ ring: inout [GridPoint]) {
    var kept: [GridPoint] = []
    func isIdle(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
      guard b != c, a != b else { return true }
      guard RingPlace.side(a, b, c) == 0 else { return false }
      return (b.x - a.x).signum() == -(c.x - b.x).signum() && (b.y - a.y).signum() == -(c.y - b.y).signum()
    }
    for point in ring {
      while kept.count > 1, isIdle(kept[kept.count - 2], kept[kept.count - 1], point) { kept.removeLast() }
      if kept.last != point { kept.append(point) }
    }
    // Around the seam.
    var start = 0
    while kept.count - start > 2 {
      if isIdle(kept[kept.count - 2], kept[kept.count - 1], kept[start]) {
        kept.removeLast()
      } else if isIdle(kept[kept.count - 1], kept[start], kept[start + 1]) {
        start += 1
      } else {
        break
      }
    }
    ring = kept.count - start > 2 ? Array(kept[start...]) : []
  }

  /// The convex hull, without points on its edges (Andrew's monotone chain); nothing where it has no area.
  private static func hull(_ points: [GridPoint]) -> [GridPoint] {
    let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    func chain(_ points: some Sequence<GridPoint>) -> [GridPoint] {
      var chain: [GridPoint] = []
      for point in points {
        while chain.count > 1, RingPlace.side(chain[chain.count - 2], chain[chain.count - 1], point) <= 0 {
          chain.removeLast()
        }
        chain.append(point)
      }
      return chain.dropLast()
    }
    let hull = chain(sorted) + chain(sorted.reversed())
    return hull.count > 2 ? hull : []
  }
}
