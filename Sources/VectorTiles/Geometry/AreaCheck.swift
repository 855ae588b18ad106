/// Proves that areas are valid, as far as that is cheap: no two edges have more in common than the vertex between them, and
/// rings lie where their roles say.
///
/// `false` says that the proof failed, not that the areas are bad: rings that touch in a point may be good.
struct AreaCheck {
  /// Rings up to which pairs of them are looked at.
  private static let mostRings = 512
  /// Pairs of edges whose boxes meet side by side, an edge, that are looked at.
  private static let mostPairs = 400

  private struct Edge {
    var minX: Int
    var maxX: Int
    var minY: Int
    var maxY: Int
    var start: Int
    var end: Int
    /// Where the next edge of the ring begins, to know neighbours by.
    var ring: Int
  }

  private var edges: [Edge] = []

  /// A check that has not been used.
  init() {}

  /// Whether the areas are proven to be valid.
  mutating func proves(_ areas: borrowing GridGeometry) -> Bool {
    edges.removeAll(keepingCapacity: true)
    // All edges are gathered in any case: `isTangle` counts them.
    var isPlain = true
    for (number, ring) in areas.parts.enumerated() where !ring.range.isEmpty {
      if ring.range.count < 3 || hasSpike(areas.points[ring.range]) { isPlain = false }
      var previous = ring.range.upperBound - 1
      for index in ring.range {
        let (a, b) = (areas.points[previous], areas.points[index])
        edges.append(
          Edge(
            minX: min(a.x, b.x), maxX: max(a.x, b.x), minY: min(a.y, b.y), maxY: max(a.y, b.y), start: previous,
            end: index, ring: number))
        previous = index
      }
    }
    return isPlain && areEdgesApart(areas.points) && isNestingRight(areas)
  }

  /// Whether a ring turns back on itself.
  private func hasSpike(_ ring: ArraySlice<GridPoint>) -> Bool {
    guard ring.count > 2 else { return true }
    var (a, b) = (ring[ring.endIndex - 2], ring[ring.endIndex - 1])
    for c in ring {
      if a == b { return true }
      if RingPlace.side(a, b, c) == 0,
        Double(b.x - a.x) * Double(c.x - b.x) + Double(b.y - a.y) * Double(c.y - b.y) < 0
      {
        return true
      }
      (a, b) = (b, c)
    }
    return false
  }

  /// Whether edges meet so often that taking the areas apart there would take too long. To be asked after a proof failed.
  mutating func isTangle(_ points: borrowing [GridPoint]) -> Bool {
    meetings(points, limit: 100_000 + edges.count) > 100_000 + edges.count
  }

  private mutating func areEdgesApart(_ points: borrowing [GridPoint]) -> Bool { meetings(points, limit: 0) == 0 }

  /// How many pairs of edges meet, up to one more than a limit; one at least where there are too many pairs to look at.
  private mutating func meetings(_ points: borrowing [GridPoint], limit: Int) -> Int {
    if edges.count > 12 { edges.sort { $0.minX < $1.minX } }
    let isSorted = edges.count > 12
    var pairs = 0
    let mostPairs = edges.count * Self.mostPairs
    var found = 0
    return edges.withUnsafeBufferPointer { edges in
      points.withUnsafeBufferPointer { points in
        for first in 0..<edges.count {
          let one = edges[first]
          var second = first &+ 1
          while second < edges.count {
            let other = edges[second]
            if isSorted && other.minX > one.maxX { break }
            second &+= 1
            pairs &+= 1
            guard other.minY <= one.maxY, other.maxY >= one.minY, other.minX <= one.maxX, other.maxX >= one.minX
            else { continue }
            if one.ring == other.ring, one.end == other.start || one.start == other.end { continue }
            if Self.meet(points[one.start], points[one.end], points[other.start], points[other.end]) {
              found &+= 1
              if found > limit { return found }
            }
          }
          if pairs > mostPairs { return max(1, found) }
        }
        return found
      }
    }
  }

  @inline(__always)
  private static func meet(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint, _ d: GridPoint) -> Bool {
    let (c1, d1) = (RingPlace.side(a, b, c), RingPlace.side(a, b, d))
    if c1 != 0 && c1 == d1 { return false }
    let (a1, b1) = (RingPlace.side(c, d, a), RingPlace.side(c, d, b))
    return !(a1 != 0 && a1 == b1)
  }

  /// Whether holes lie in the ring before them and not in each other, and outer rings not in another area.
  private func isNestingRight(_ areas: borrowing GridGeometry) -> Bool {
    guard areas.parts.count > 1 else { return true }
    guard areas.parts.count <= Self.mostRings else { return false }
    let boxes = areas.parts.map { part in
      var box = GridBox.empty
      for index in part.range { box.add(areas.points[index]) }
      return box
    }
    func isInside(_ inner: Int, _ outer: Int) -> Bool {
      guard boxes[outer].contains(boxes[inner]) else { return false }
      let first = areas.points[areas.parts[inner].range.lowerBound]
      return RingPlace.isInside(first, areas.points[areas.parts[outer].range])
    }
    var exterior = 0
    for ring in areas.parts.indices {
      if areas.parts[ring].role == .exterior {
        exterior = ring
        for other in areas.parts.indices where other != ring && areas.parts[other].role == .exterior {
          guard isInside(ring, other) else { continue }
          // Within another area's ring, so within one of its holes, or wrong.
          var hole = other + 1
          while hole < areas.parts.count, areas.parts[hole].role == .interior, !isInside(ring, hole) { hole += 1 }
          guard hole < areas.parts.count, areas.parts[hole].role == .interior else { return false }
        }
      } else {
        guard isInside(ring, exterior) else { return false }
        var other = exterior + 1
        while other < areas.parts.count, areas.parts[other].role == .interior {
          if other != ring, isInside(ring, other) { return false }
          other += 1
        }
      }
    }
    return true
  }
}
