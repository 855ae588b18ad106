import CGEOS

/// A geometry as GEOS holds it.
final class GEOSShape {
  let context: GEOSContext
  /// `nil` once it has become part of another one.
  private(set) var handle: OpaquePointer?
  /// How often its lines meet; areas are cut there.
  private var crossings = 0

  /// Takes over a handle that GEOS has just made; `nil` when it made none.
  private init?(_ handle: OpaquePointer?, in context: GEOSContext) {
    guard let handle else { return nil }
    self.handle = handle
    self.context = context
  }

  deinit {
    if let handle { GEOSGeom_destroy_r(context.handle, handle) }
  }

  /// A geometry; `nil` when GEOS can't make it.
  /// - Throws: `SpatialError.tooIntricate` when its lines are such a tangle that they can't be cut.
  static func make(_ geometry: Geometry, in context: GEOSContext) throws(SpatialError) -> GEOSShape? {
    switch geometry {
    case .point(let point): return self.point(point, in: context)
    case .multipoint(let points):
      return collection(points.compactMap { self.point($0, in: context) }, GEOS_MULTIPOINT, in: context)
    case .polyline(let paths):
      guard let crossings = SegmentSweep.crossings(of: paths) else { throw .tooIntricate }
      let shape = lines(paths, in: context)
      shape?.crossings = crossings
      return shape
    case .polygon(let rings):
      guard SegmentSweep.crossings(of: rings) != nil else { throw .tooIntricate }
      return try areas(rings, in: context) ?? lines(rings, in: context)
    case .envelope(let envelope): return rectangle(envelope, in: context)
    }
  }

  /// An envelope, be it a line or a point.
  static func rectangle(_ envelope: Envelope, in context: GEOSContext) -> GEOSShape? {
    if envelope.width > 0 && envelope.height > 0 { return polygon(envelope.ring, in: context) }
    return lines([[envelope.ring[0], envelope.ring[2]]], in: context)
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
  private static func areas(_ rings: [[Point]], in context: GEOSContext) throws(SpatialError) -> GEOSShape? {
    let polygons = rings.filter { Set($0).count > 2 }.compactMap { polygon($0, in: context) }
    guard let all = collection(polygons, GEOS_MULTIPOLYGON, in: context) else { return nil }
    if GEOSisValid_r(context.handle, all.handle) == 1 { return all.area > 0 ? all : nil }
    return try facesInside(rings, in: context)
  }

  /// The lines of rings are cut where they meet; of the faces between them those within an odd number of rings count.
  private static func facesInside(_ rings: [[Point]], in context: GEOSContext) throws(SpatialError) -> GEOSShape? {
    guard let lines = lines(rings, in: context) else { return nil }
    guard let cut = GEOSShape(GEOSUnaryUnion_r(context.handle, lines.handle), in: context) else { throw .tooIntricate }
    var parts = [cut.handle]
    let faces = GEOSShape(GEOSPolygonize_r(context.handle, &parts, 1), in: context)?.polygons ?? []
    guard faces.count * rings.reduce(0, { $0 + $1.count }) <= mostSides else { throw .tooIntricate }
    let inside = faces.filter { face in face.somePoint.map { $0.isInside(rings) } ?? false }
    guard let all = collection(inside, GEOS_MULTIPOLYGON, in: context) else { return nil }
    // Of two faces beside an edge one is inside, unless two edges lie there: those faces become one.
    if GEOSisValid_r(context.handle, all.handle) == 1 { return all }
    guard let whole = GEOSShape(GEOSUnaryUnion_r(context.handle, all.handle), in: context) else { throw .tooIntricate }
    return whole
  }

  /// Sides of rings that are looked at to tell which faces lie inside: a fifth of a second.
  private static let mostSides = 100_000_000

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

  /// The polygons of a collection, as copies.
  private var polygons: [GEOSShape] {
    (0..<max(0, GEOSGetNumGeometries_r(context.handle, handle))).compactMap { index in
      GEOSShape(
        GEOSGeom_clone_r(context.handle, GEOSGetGeometryN_r(context.handle, handle, index)), in: context)
    }
  }

  /// A point within a polygon.
  private var somePoint: Point? {
    guard let point = GEOSShape(GEOSPointOnSurface_r(context.handle, handle), in: context) else { return nil }
    var (x, y) = (0.0, 0.0)
    guard GEOSGeomGetX_r(context.handle, point.handle, &x) == 1, GEOSGeomGetY_r(context.handle, point.handle, &y) == 1
    else { return nil }
    return Point(x: x, y: y)
  }

  /// How many points GEOS looks at to tell a whole relation.
  var weight: Int { max(0, Int(GEOSGetNumCoordinates_r(context.handle, handle))) + crossings * 2 }

  /// 0 for points, 1 for lines, 2 for areas.
  var dimension: Int { Int(GEOSGeom_getDimensions_r(context.handle, handle)) }

  private var area: Double {
    var area = 0.0
    return GEOSArea_r(context.handle, handle, &area) == 1 ? area : 0
  }
}

@available(*, unavailable)
extension GEOSShape: Sendable {}

extension Point {
  /// Whether the point lies within an odd number of rings, none of which it lies on.
  fileprivate func isInside(_ rings: [[Point]]) -> Bool {
    var isInside = false
    for ring in rings {
      for (start, end) in zip(ring, ring.dropFirst()) where (start.y > y) != (end.y > y) {
        if x < start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x) { isInside.toggle() }
      }
    }
    return isInside
  }
}
