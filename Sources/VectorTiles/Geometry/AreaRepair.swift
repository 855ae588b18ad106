import CGEOS

/// Makes areas valid by GEOS, on the grid. A context of GEOS of its own, so each thread makes one.
final class AreaRepair {
  private let context: GEOSContextHandle_t?

  /// Vertices beyond which areas are not looked at.
  private static let mostVertices = 8_000_000

  init() { context = GEOS_init_r() }

  deinit { GEOS_finish_r(context) }

  /// What came of areas.
  enum Result {
    /// They are valid.
    case good
    /// Valid ones in their place, perhaps none.
    case changed(GridGeometry)
    /// GEOS can't do it.
    case failed
  }

  /// The areas as valid ones: taken apart where they cross themselves, and put on the grid again.
  func mended(_ areas: GridGeometry) -> Result {
    guard areas.points.count <= Self.mostVertices, let shape = shape(areas) else { return .failed }
    defer { GEOSGeom_destroy_r(context, shape) }
    if GEOSisValid_r(context, shape) == 1 { return .good }
    guard let parameters = GEOSMakeValidParams_create_r(context) else { return .failed }
    defer { GEOSMakeValidParams_destroy_r(context, parameters) }
    GEOSMakeValidParams_setMethod_r(context, parameters, GEOS_MAKE_VALID_STRUCTURE)
    GEOSMakeValidParams_setKeepCollapsed_r(context, parameters, 0)
    guard let valid = GEOSMakeValidWithParams_r(context, shape, parameters) else { return .failed }
    defer { GEOSGeom_destroy_r(context, valid) }
    // Where no edges cross, no vertex is new.
    var whole = GridGeometry()
    if append(valid, to: &whole) { return .changed(whole) }
    guard let onGrid = GEOSGeom_setPrecision_r(context, valid, 1, 0) else { return .failed }
    defer { GEOSGeom_destroy_r(context, onGrid) }
    var result = GridGeometry()
    return append(onGrid, to: &result) ? .changed(result) : .failed
  }

  private func shape(_ areas: borrowing GridGeometry) -> OpaquePointer? {
    var polygons: [OpaquePointer?] = []
    var start = 0
    while start < areas.parts.count {
      var end = start + 1
      while end < areas.parts.count, areas.parts[end].role == .interior { end += 1 }
      if let polygon = polygon(areas.parts[start..<end], of: areas) { polygons.append(polygon) }
      start = end
    }
    guard !polygons.isEmpty else { return nil }
    return GEOSGeom_createCollection_r(
      context, Int32(GEOS_MULTIPOLYGON.rawValue), &polygons, UInt32(polygons.count))
  }

  private func polygon(
    _ rings: ArraySlice<GridGeometry.Part>, of areas: borrowing GridGeometry
  ) -> OpaquePointer? {
    var made: [OpaquePointer?] = []
    for ring in rings {
      guard let shape = self.ring(areas.points[ring.range]) else { continue }
      made.append(shape)
    }
    guard let shell = made.first else { return nil }
    var holes = Array(made.dropFirst())
    return GEOSGeom_createPolygon_r(context, shell, &holes, UInt32(holes.count))
  }

  private func ring(_ points: ArraySlice<GridPoint>) -> OpaquePointer? {
    guard points.count > 2, let first = points.first else { return nil }
    var ordinates: [Double] = []
    ordinates.reserveCapacity(points.count * 2 + 2)
    for point in points {
      ordinates.append(Double(point.x))
      ordinates.append(Double(point.y))
    }
    ordinates.append(Double(first.x))
    ordinates.append(Double(first.y))
    guard let sequence = GEOSCoordSeq_copyFromBuffer_r(context, ordinates, UInt32(ordinates.count / 2), 0, 0)
    else { return nil }
    return GEOSGeom_createLinearRing_r(context, sequence)
  }

  /// Appends the polygons of a shape of any type.
  /// - Returns: `false` when a vertex does not lie on the grid.
  private func append(_ shape: OpaquePointer, to out: inout GridGeometry) -> Bool {
    switch GEOSGeomTypes(UInt32(bitPattern: GEOSGeomTypeId_r(context, shape))) {
    case GEOS_POLYGON:
      if GEOSisEmpty_r(context, shape) == 1 { return true }
      guard let shell = GEOSGetExteriorRing_r(context, shape), append(ring: shell, .exterior, to: &out) else {
        return false
      }
      for index in 0..<max(0, GEOSGetNumInteriorRings_r(context, shape)) {
        guard let hole = GEOSGetInteriorRingN_r(context, shape, index), append(ring: hole, .interior, to: &out) else {
          return false
        }
      }
      return true
    case GEOS_MULTIPOLYGON, GEOS_GEOMETRYCOLLECTION:
      for index in 0..<max(0, GEOSGetNumGeometries_r(context, shape)) {
        guard let part = GEOSGetGeometryN_r(context, shape, index), append(part, to: &out) else { return false }
      }
      return true
    default: return true
    }
  }

  private func append(ring: OpaquePointer, _ role: PartRole, to out: inout GridGeometry) -> Bool {
    var count: UInt32 = 0
    guard let sequence = GEOSGeom_getCoordSeq_r(context, ring),
      GEOSCoordSeq_getSize_r(context, sequence, &count) == 1, count > 3
    else { return false }
    var ordinates = [Double](repeating: 0, count: Int(count) * 2)
    guard GEOSCoordSeq_copyToBuffer_r(context, sequence, &ordinates, 0, 0) == 1 else { return false }
    let start = out.points.count
    for index in 0..<Int(count) - 1 {
      guard let x = Int(exactly: ordinates[index * 2]), let y = Int(exactly: ordinates[index * 2 + 1]) else {
        return false
      }
      out.points.append(GridPoint(x: x, y: y))
    }
    out.closePart(role, from: start)
    return true
  }
}

@available(*, unavailable)
extension AreaRepair: Sendable {}
