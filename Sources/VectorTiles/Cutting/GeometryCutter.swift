/// Cuts the geometries of one tile. One thread uses it.
struct GeometryCutter: ~Copyable {
  private let level: Int
  /// The tile's corner, in units of its level.
  private let origin: GridPoint
  /// What a tile shows, its buffer included, in its own units.
  private let box: GridBox
  private var validity = AreaValidity()
  private var whole = GridGeometry()
  private var cut = GridGeometry()
  private var polygonClip: PolygonClip
  private let lineClip: LineClip

  /// A cutter for a tile of a level.
  init(level: Int, row: Int, column: Int, buffer: Int) {
    self.level = level
    origin = GridPoint(x: column << WorldGrid.tileBits, y: row << WorldGrid.tileBits)
    let far = WorldGrid.tileExtent + buffer
    box = GridBox(minX: -buffer, minY: -buffer, maxX: far, maxY: far)
    polygonClip = PolygonClip(box: box)
    lineClip = LineClip(box: box)
  }

  /// What the tile shows, in units of a level at least as deep, and a bit around.
  func box(unitLevel: Int) -> GridBox {
    let shift = unitLevel - level
    return GridBox(
      minX: (origin.x + box.minX - 1) << shift, minY: (origin.y + box.minY - 1) << shift,
      maxX: (origin.x + box.maxX + 1) << shift, maxY: (origin.y + box.maxY + 1) << shift)
  }

  /// Writes the commands for what the tile shows of a feature.
  /// - Returns: whether that is anything; `nil` where the record is damaged.
  mutating func write(_ record: FeatureRecord, _ item: TreeItem, to out: inout ByteBuffer) -> Bool? {
    if level < record.firstLevel { return writeDot(record.kind, item, to: &out) }
    guard var cursor = ByteCursor(record.geometry),
      GeometryCoding.read(&cursor, near: box(unitLevel: record.unitLevel), into: &whole)
    else { return nil }
    let shift = record.unitLevel - level
    whole.round(by: shift, origin: origin)
    // Rounding has left nothing of it.
    if whole.isEmpty { return writeDot(record.kind, item, to: &out) }
    let bounds = whole.box
    guard bounds.touches(box) else { return false }
    let isInside = box.contains(bounds)
    switch record.kind {
    case .point: if !isInside { keepPoints() }
    case .line: if !isInside { clipLines() }
    case .polygon:
      // What the index keeps for this level is valid; what is rounded or cut here may touch itself.
      if shift > 0 && isInside { _ = validity.ensure(&whole, isRounded: true) }
      if !isInside { clipAreas() }
      if whole.isEmpty && isInside { return writeDot(record.kind, item, to: &out) }
    }
    if whole.isEmpty { return false }
    TileGeometry.write(whole, to: &out)
    return true
  }

  private mutating func keepPoints() {
    cut.removeAll()
    for part in whole.parts {
      let start = cut.points.count
      for index in part.range where box.contains(whole.points[index]) { cut.points.append(whole.points[index]) }
      if cut.points.count > start { cut.closePart(.points, from: start) }
    }
    swap(&whole, &cut)
  }

  private mutating func clipLines() {
    cut.removeAll()
    for part in whole.parts { lineClip.clip(whole.points[part.range], into: &cut) }
    swap(&whole, &cut)
  }

  private mutating func clipAreas() {
    cut.removeAll()
    var start = 0
    while start < whole.parts.count {
      var end = start + 1
      while end < whole.parts.count, whole.parts[end].role == .interior { end += 1 }
      polygonClip.clip(whole.parts[start..<end], of: whole, into: &cut)
      start = end
    }
    swap(&whole, &cut)
    _ = validity.ensure(&whole, isRounded: true)
  }

  /// Writes the least line or area in the middle of what is too small for the level.
  private func writeDot(_ kind: GeometryKind, _ item: TreeItem, to out: inout ByteBuffer) -> Bool {
    let shift = WorldGrid.deepestLevel - level
    let center = item.center
    let x = center.x >> shift - origin.x
    let y = center.y >> shift - origin.y
    let corner = GridPoint(x: x, y: y)
    let opposite = GridPoint(x: x + 1, y: y + 1)
    guard box.contains(corner), box.contains(opposite) else { return false }
    var dot = GridGeometry()
    switch kind {
    case .point: dot.append(.points, [corner])
    case .line: dot.append(.line, [corner, GridPoint(x: x + 1, y: y)])
    case .polygon:
      dot.append(.exterior, [corner, GridPoint(x: x + 1, y: y), opposite, GridPoint(x: x, y: y + 1)])
    }
    TileGeometry.write(dot, to: &out)
    return true
  }
}
