extension GridGeometry {
  /// The geometry on a coarser grid, each point at its nearest unit. Points that fall together become one, in lines and
  /// rings; lines and rings that become nothing go, and holes with their ring.
  /// - Parameters:
  ///   - shift: binary digits that the coarser grid lacks.
  ///   - origin: the unit of the coarser grid to count from.
  mutating func round(by shift: Int, origin: GridPoint) {
    let half = shift > 0 ? 1 << (shift - 1) : 0
    var end = 0
    var keptParts = 0
    var isExteriorGone = false
    for index in parts.indices {
      let part = parts[index]
      let start = end
      let joins = part.role != .points
      for number in part.range {
        let point = points[number]
        let rounded = GridPoint(
          x: (point.x &+ half) &>> shift &- origin.x, y: (point.y &+ half) &>> shift &- origin.y)
        if joins, end > start, points[end - 1] == rounded { continue }
        points[end] = rounded
        end += 1
      }
      var isKept = true
      switch part.role {
      case .points: break
      case .line: isKept = end - start > 1
      case .exterior, .interior:
        while end - start > 1, points[end - 1] == points[start] { end -= 1 }
        isKept = end - start > 2 && Self.hasArea(points[start..<end])
        if part.role == .exterior {
          isExteriorGone = !isKept
        } else if isExteriorGone {
          isKept = false
        }
      }
      if isKept {
        parts[keptParts] = Part(role: part.role, range: start..<end)
        keptParts += 1
      } else {
        end = start
      }
    }
    parts.removeLast(parts.count - keptParts)
    points.removeLast(points.count - end)
  }

  /// Whether a ring encloses anything: not all of its points lie on a line. The areas of one that crosses itself may add up
  /// to nothing.
  static func hasArea(_ ring: ArraySlice<GridPoint>) -> Bool {
    if doubledArea(ring) != 0 { return true }
    guard let first = ring.first, let other = ring.first(where: { $0 != first }) else { return false }
    return ring.contains { RingPlace.side(first, other, $0) != 0 }
  }
}
