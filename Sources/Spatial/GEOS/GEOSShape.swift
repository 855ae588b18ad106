import CGEOS

/// A geometry as GEOS holds it.
final class GEOSShape {
  let context: GEOSContext
  /// `nil` once it has become part of another one.
  private(set) var handle: OpaquePointer?

  /// Takes over a handle that GEOS has just made; `nil` when it made none.
  private init?(_ handle: OpaquePointer?, in context: GEOSContext) {
    guard let handle else { return nil }
    self.handle = handle
    self.context = context
  }

  deinit {
    if let handle { GEOSGeom_destroy_r(context.handle, handle) }
  }

  /// A geometry; `nil` when nothing is left of it, or its lines are such a tangle that they can't be cut.
  static func make(_ geometry: Geometry, in context: GEOSContext) -> GEOSShape? {
    switch geometry {
    case .point(let point): return self.point(point, in: context)
    case .multipoint(let points):
      return collection(points.compactMap { self.point($0, in: context) }, GEOS_MULTIPOINT, in: context)
    case .polyline(let paths):
      guard SegmentSweep.isTame(paths) else { return nil }
      return lines(paths, in: context)
    case .polygon(let rings):
      guard SegmentSweep.isTame(rings) else { return nil }
      return areas(rings, in: context) ?? lines(rings, in: context)
    case .envelope(let envelope):
      if envelope.width > 0 && envelope.height > 0 { return polygon(envelope.ring, in: context) }
      return lines([[envelope.ring[0], envelope.ring[2]]], in: context)
    }
  }

  private static func point(_ point: Point, in context: GEOSContext) -> GEOSShape? {
    GEOSShape(GEOSGeom_createPointFromXY_r(context.handle, point.x, point.y), in: context)
  }

  /// Lines; one without a length is a point where it is the only one, and nothing beside others.
  private static func lines(_ paths: [[Point]], in context: GEOSContext) -> GEOSShape? {
    let long = paths.filter { path in path.contains { $0 != path[0] } }
    guard !long.isEmpty else { return paths.first?.first.flatMap { point($0, in: context) } }
    return collection(
      long.compactMap { path in
        sequence(path, in: context).flatMap {
          GEOSShape(GEOSGeom_createLineString_r(context.handle, $0), in: context)
        }
      }, GEOS_MULTILINESTRING, in: context)
  }

  /// What lies within an odd number of rings; `nil` when that has no area.
  private static func areas(_ rings: [[Point]], in context: GEOSContext) -> GEOSShape? {
    let polygons = rings.filter { Set($0).count > 2 }.compactMap { polygon($0, in: context) }
    guard let all = collection(polygons, GEOS_MULTIPOLYGON, in: context) else { return nil }
    if GEOSisValid_r(context.handle, all.handle) == 1 { return all.area > 0 ? all : nil }
    // The lines are cut where they cross, and every second face from outside inwards is filled.
    guard let mended = GEOSShape(GEOSMakeValid_r(context.handle, all.handle), in: context) else { return nil }
    // What is left of edges that bound nothing does not count.
    let parts = mended.parts.filter { $0.area > 0 }
    return collection(parts, GEOS_MULTIPOLYGON, in: context)
  }

  private static func polygon(_ ring: [Point], in context: GEOSContext) -> GEOSShape? {
    guard let points = sequence(ring, in: context),
      let shell = GEOSGeom_createLinearRing_r(context.handle, points)
    else { return nil }
    return GEOSShape(GEOSGeom_createPolygon_r(context.handle, shell, nil, 0), in: context)
  }

  private static func sequence(_ points: [Point], in context: GEOSContext) -> OpaquePointer? {
    let ordinates = points.flatMap { [$0.x, $0.y] }
    return ordinates.withUnsafeBufferPointer {
      GEOSCoordSeq_copyFromBuffer_r(context.handle, $0.baseAddress, UInt32(points.count), 0, 0)
    }
  }

  /// Shapes as one; `nil` without any.
  private static func collection(_ shapes: [GEOSShape], _ type: GEOSGeomTypes, in context: GEOSContext) -> GEOSShape? {
    guard !shapes.isEmpty else { return nil }
    var handles = shapes.map { shape in
      defer { shape.handle = nil }
      return shape.handle
    }
    return GEOSShape(
      GEOSGeom_createCollection_r(context.handle, Int32(type.rawValue), &handles, UInt32(handles.count)), in: context)
  }

  /// The polygons that it is made of, at any depth, as copies.
  private var parts: [GEOSShape] {
    var found: [GEOSShape] = []
    var open = [handle]
    while let next = open.popLast() {
      let type = GEOSGeomTypeId_r(context.handle, next)
      if type == Int32(GEOS_POLYGON.rawValue) {
        if let copy = GEOSShape(GEOSGeom_clone_r(context.handle, next), in: context) { found.append(copy) }
      } else if type >= Int32(GEOS_MULTIPOINT.rawValue) {
        for index in 0..<max(0, GEOSGetNumGeometries_r(context.handle, next)) {
          open.append(GEOSGetGeometryN_r(context.handle, next, index))
        }
      }
    }
    return found
  }

  private var area: Double {
    var area = 0.0
    return GEOSArea_r(context.handle, handle, &area) == 1 ? area : 0
  }
}

@available(*, unavailable)
extension GEOSShape: Sendable {}
