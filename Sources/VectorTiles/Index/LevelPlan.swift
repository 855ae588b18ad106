/// Which levels of detail of a line or area an index keeps.
///
/// A level shows a line by the vertices that Douglas and Peucker keep at a tolerance of one of the tile's units (an eighth of
/// a pixel). A geometry is kept once more for the levels from which on it is lighter by three tenths at least, in the units of
/// the deepest of these, and areas valid: so that a tile of a coarse level reads, and mends, little.
struct LevelPlan {
  /// The deepest level for which anything is simplified: beyond it all is shown.
  static let deepest = 15
  /// Geometries of fewer vertices are kept as they are.
  private static let fewest = 16

  private var significance = Significance()

  /// Nothing planned yet.
  init() {}

  /// The geometries to keep, coarse to fine, each with the deepest level that it is for, in that level's units. The whole
  /// geometry, for all deeper levels, is none of them.
  mutating func simplified(
    _ geometry: borrowing GridGeometry, kind: GeometryKind, from firstLevel: Int, validity: inout AreaValidity
  ) -> [(level: Int, geometry: GridGeometry)] {
    guard kind != .point, geometry.points.count > Self.fewest else { return [] }
    significance.removeAll()
    for part in geometry.parts { significance.measure(geometry.points[part.range], isRing: kind == .polygon) }
    // How many vertices each level adds.
    var added = [Int](repeating: 0, count: Self.deepest + 2)
    for value in significance.values { added[Self.level(of: value)] += 1 }
    var kept = added
    for level in 1..<kept.count { kept[level] += kept[level - 1] }
    var plans: [(level: Int, geometry: GridGeometry)] = []
    var weight = geometry.points.count
    for level in stride(from: Self.deepest, through: firstLevel, by: -1) where kept[level] * 10 <= weight * 7 {
      guard let simple = simplified(geometry, level: level, validity: &validity) else { break }
      weight = kept[level]
      plans.append((level, simple))
      if weight <= Self.fewest { break }
    }
    return plans.reversed()
  }

  /// The first level that keeps a vertex.
  private static func level(of significance: Double) -> Int {
    var level = 0
    while level <= deepest, significance < Double(1 << (WorldGrid.deepestLevel - level)) { level += 1 }
    return level
  }

  /// The geometry at a level, in its units; `nil` where nothing is left, or it can't be made valid.
  private func simplified(
    _ geometry: borrowing GridGeometry, level: Int, validity: inout AreaValidity
  ) -> GridGeometry? {
    let shift = WorldGrid.deepestLevel - level
    let tolerance = Double(1 << shift)
    var out = GridGeometry()
    var place = 0
    for part in geometry.parts {
      let start = out.points.count
      for index in part.range {
        if significance.values[place] >= tolerance { out.points.append(geometry.points[index]) }
        place += 1
      }
      out.closePart(part.role, from: start)
    }
    out.round(by: shift, origin: GridPoint(x: 0, y: 0))
    if out.parts.first?.role == .exterior, case .tangled = validity.ensure(&out, isRounded: true) { return nil }
    return out.isEmpty ? nil : out
  }
}
