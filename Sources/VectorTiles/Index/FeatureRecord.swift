/// A feature in an index: what it is, its properties, and its geometry, coarse to fine.
///
///     varint  kind, 4 when there is an id, 8 times how many simplified geometries there are
///     varint  id, when there is one
///     byte    the first level at which it can be seen as what it is
///     byte, varint ...   of each simplified geometry the deepest level and its bytes
///     varint  bytes of the whole geometry
///     varint  bytes of the properties
///     varint, varint, bytes ...   of each property its field, the bytes of its value, the value
///     the geometries
struct FeatureRecord {
  let kind: GeometryKind
  let id: UInt64?
  let firstLevel: Int
  /// The properties, not yet read.
  let attributes: UnsafeRawBufferPointer
  /// The geometry for a level.
  let geometry: UnsafeRawBufferPointer
  /// The level whose units the geometry is in.
  let unitLevel: Int

  /// Reads a record.
  /// - Parameters:
  ///   - bytes: from the record on to the end of all records.
  ///   - level: that for which a geometry is wanted.
  /// - Returns: `nil` where there is no record.
  init?(_ bytes: UnsafeRawBufferPointer, level: Int) {
    guard var cursor = ByteCursor(bytes) else { return nil }
    let head = cursor.varint()
    guard let kind = GeometryKind(rawValue: UInt8(head & 3)), head >> 3 <= UInt64(LevelPlan.deepest + 1) else {
      return nil
    }
    self.kind = kind
    id = head & 4 != 0 ? cursor.varint() : nil
    firstLevel = Int(cursor.byte())
    var before = 0
    var chosen: (start: Int, length: Int, level: Int)?
    for _ in 0..<Int(head >> 3) {
      let deepest = Int(cursor.byte())
      let length = cursor.count(atMost: cursor.remaining)
      if chosen == nil, deepest >= level { chosen = (before, length, deepest) }
      before += length
    }
    let whole = cursor.count(atMost: cursor.remaining)
    let place = chosen ?? (before, whole, WorldGrid.deepestLevel)
    let count = cursor.count(atMost: cursor.remaining)
    attributes = cursor.bytes(count)
    cursor.skip(place.start)
    geometry = cursor.bytes(place.length)
    unitLevel = place.level
    guard !cursor.failed, unitLevel >= level, unitLevel <= WorldGrid.deepestLevel else { return nil }
  }

  /// Appends a record.
  static func write(
    _ feature: borrowing SourceFeature, kind: GeometryKind, firstLevel: Int,
    simplified: [(level: Int, geometry: GridGeometry)], whole: borrowing GridGeometry, to out: inout ByteBuffer
  ) {
    var attributes = ByteBuffer()
    for (key, range) in feature.attributes {
      attributes.append(varint: key)
      attributes.append(varint: range.count)
      feature.values.withUnsafeBytes { attributes.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
    var geometries = ByteBuffer()
    out.append(varint: Int(kind.rawValue) | (feature.id == nil ? 0 : 4) | simplified.count << 3)
    if let id = feature.id { out.append(varint: id) }
    out.append(UInt8(firstLevel))
    for (level, geometry) in simplified {
      let start = geometries.count
      GeometryCoding.write(geometry, to: &geometries)
      out.append(UInt8(level))
      out.append(varint: geometries.count - start)
    }
    let start = geometries.count
    GeometryCoding.write(whole, to: &geometries)
    out.append(varint: geometries.count - start)
    out.append(varint: attributes.count)
    out.append(attributes.bytes)
    out.append(geometries.bytes)
  }
}
