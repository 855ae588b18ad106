import Spatial

/// Makes the index of a file, in one pass over it. What is kept in memory is 24 bytes a feature, and one feature.
final class IndexBuilder {
  private var writer: FileWriter
  private var record = ByteBuffer(capacity: 1 << 16)
  private var items: [TreeItem] = []
  private var projection = GridProjection()
  private var plan = LevelPlan()
  private var validity = AreaValidity()
  private var stored = StoredDescription()

  private init(path: String) throws(VectorTileError) {
    writer = try FileWriter(path: path)
    try writer.append([UInt8](repeating: 0, count: IndexHeader.size))
  }

  /// Reads a file, and writes its index.
  static func build(_ source: SourceFile, to path: String) throws(VectorTileError) {
    guard let late = try build(source, .wgs84, to: path) else { return }
    // The file says only behind its features what their coordinates mean.
    guard try build(source, late, to: path) == nil else {
      throw .spatialReference(path: source.path, "It names several spatial references.")
    }
  }

  /// - Returns: the reference that was met too late; there is no index then.
  private static func build(
    _ source: SourceFile, _ reference: SpatialReference, to path: String
  ) throws(VectorTileError) -> SpatialReference? {
    let builder = try IndexBuilder(path: path)
    var reader = try GeoJSONReader(path: source.path, reference: reference) { feature, flaws throws(VectorTileError) in
      try builder.add(&feature, &flaws)
    }
    try reader.read()
    if reader.hasLateReference { return reader.reference }
    builder.stored.source = source
    builder.stored.names = reader.fields.names
    builder.stored.types = reader.fields.types
    builder.stored.description.featureCount = reader.featureCount
    builder.stored.description.withoutGeometry = reader.withoutGeometry
    builder.stored.description.problems = reader.problems
    builder.stored.description.problemCount = reader.problemCount
    try builder.finish()
    return nil
  }

  private func add(
    _ feature: inout SourceFeature, _ flaws: inout [(reason: String, isLoss: Bool)]
  ) throws(VectorTileError) {
    try projection.project(&feature, flaws: &flaws)
    for (kind, geometry) in projection.geometries {
      var geometry = geometry
      var whole = geometry
      if kind == .polygon {
        whole.round(by: 0, origin: GridPoint(x: 0, y: 0))
        switch validity.ensure(&whole, isRounded: false) {
        case .good: break
        case .mended: flaws.append(("an area crosses or touches itself", false))
        case .tangled:
          flaws.append(("an area crosses itself too often to be mended", true))
          continue
        }
        // Without an area it is kept as it is: tiles show a dot.
        if !whole.isEmpty { geometry = whole }
      }
      try write(feature, kind, geometry)
    }
  }

  private func write(
    _ feature: SourceFeature, _ kind: GeometryKind, _ geometry: GridGeometry
  ) throws(VectorTileError) {
    let level = Self.firstLevel(kind, geometry)
    let simplified = plan.simplified(geometry, kind: kind, from: level, validity: &validity)
    let box = geometry.box
    items.append(TreeItem(box, offset: writer.count, level: level))
    stored.box.add(GridPoint(x: box.minX, y: box.minY))
    stored.box.add(GridPoint(x: box.maxX, y: box.maxY))
    stored.description.kinds[kind, default: 0] += 1
    record.truncate(to: 0)
    FeatureRecord.write(
      feature, kind: kind, firstLevel: level, simplified: simplified, whole: geometry, to: &record)
    try writer.append(record.bytes)
  }

  /// The first level at which something of a geometry can be seen as what it is: an area as large as a square of one of the
  /// tile's units (an eighth of a pixel), or a line as long as one.
  private static func firstLevel(_ kind: GeometryKind, _ geometry: GridGeometry) -> Int {
    var size = 0.0
    for part in geometry.parts {
      switch part.role {
      case .points: return 0
      case .exterior:
        size = max(size, (GridGeometry.roughDoubledArea(geometry.points[part.range]).magnitude / 2).squareRoot())
      case .interior: break
      case .line:
        var box = GridBox.empty
        for index in part.range { box.add(geometry.points[index]) }
        size = max(size, Double(max(box.maxX - box.minX, box.maxY - box.minY)))
      }
    }
    var level = 0
    while level < WorldGrid.deepestLevel, size < Double(1 << (WorldGrid.deepestLevel - level)) { level += 1 }
    return level
  }

  private func finish() throws(VectorTileError) {
    let (treeOffset, featureCount) = (writer.count, items.count)
    FeatureTree.build(&items)
    try writer.append(items)
    let descriptionOffset = writer.count
    let text = stored.bytes
    try writer.append(text)
    let header = IndexHeader(
      treeOffset: treeOffset, featureCount: featureCount, descriptionOffset: descriptionOffset, fileSize: writer.count,
      descriptionChecksum: text.withUnsafeBytes { IndexHeader.checksum($0) }
    )
    try writer.finish(head: header.bytes)
  }
}

@available(*, unavailable)
extension IndexBuilder: Sendable {}
