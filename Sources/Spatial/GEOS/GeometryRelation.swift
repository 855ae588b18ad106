import CGEOS

/// The relation of one geometry to many others, which GEOS works out.
///
/// Belongs to the thread that made it. The geometry is prepared once, so that it is held against thousands of rectangles
/// in milliseconds. Interiors that share less than a billionth of a rectangle's side share nothing, as ArcGIS too has a
/// tolerance.
public final class GeometryRelation {
  private let relation: SpatialRelation
  private let envelope: Envelope
  private let points: PointSet?
  private let context: GEOSContext
  private let shape: GEOSShape
  private let prepared: OpaquePointer
  /// How geometries lie to the shape that share no point with it, once there was one.
  private var matrixApart: String?
  /// Points that were looked at by whole relations, which can't be prepared for.
  private var work = 0

  /// Points that whole relations may look at in all: some four seconds.
  private static let mostWork = 500_000

  /// - Parameters:
  ///   - geometry: what is asked with.
  ///   - relation: how it has to lie to the others.
  /// - Throws: `SpatialError.tooIntricate` for lines that cross each other too often.
  public init(of geometry: Geometry, _ relation: SpatialRelation) throws(SpatialError) {
    self.relation = relation
    envelope = geometry.envelope
    points = PointSet(geometry)
    context = GEOSContext()
    guard let shape = try GEOSShape.make(geometry, in: context),
      let prepared = GEOSPrepare_r(context.handle, shape.handle)
    else { throw .tooIntricate }
    self.shape = shape
    self.prepared = prepared
  }

  deinit {
    GEOSPreparedGeom_destroy_r(context.handle, prepared)
  }

  /// Whether the relation holds for another geometry in the same spatial reference.
  /// - Throws: `SpatialError.tooIntricate` when all together cost more than they may.
  public func holds(for other: Geometry) throws(SpatialError) -> Bool {
    let isNear = envelope.touches(other.envelope)
    if relation == .envelopesIntersect { return isNear }
    guard isNear || relation.holdsApart else { return false }
    if case .envelope(let rectangle) = other, let answer = holds(forRectangle: rectangle) { return answer }
    guard let there = try GEOSShape.make(other, in: context) else { return false }
    switch relation {
    case .intersects, .envelopesIntersect:
      return GEOSPreparedIntersects_r(context.handle, prepared, there.handle) == 1
    case .contains:
      return GEOSPreparedContains_r(context.handle, prepared, there.handle) == 1
    case .within, .crosses, .overlaps, .touches:
      guard GEOSPreparedIntersects_r(context.handle, prepared, there.handle) == 1 else { return false }
      try spend()
      switch relation {
      case .within: return GEOSWithin_r(context.handle, shape.handle, there.handle) == 1
      case .crosses: return GEOSCrosses_r(context.handle, shape.handle, there.handle) == 1
      case .overlaps: return GEOSOverlaps_r(context.handle, shape.handle, there.handle) == 1
      default: return GEOSTouches_r(context.handle, shape.handle, there.handle) == 1
      }
    case .pattern(let pattern):
      guard let matrix = try matrix(of: there) else { return false }
      return GEOSRelatePatternMatch_r(context.handle, matrix, pattern.text) == 1
    }
  }

  /// The relation to a rectangle, from what the prepared geometry shares with it and with its interior; `nil` for
  /// patterns, and for a rectangle without an area.
  private func holds(forRectangle rectangle: Envelope) -> Bool? {
    guard rectangle.width > 0, rectangle.height > 0 else { return nil }
    let isInside = rectangle.contains(envelope)
    let isArea = shape.dimension == 2
    switch relation {
    case .pattern, .envelopesIntersect: return nil
    case .intersects: return meets(rectangle)
    case .contains: return isArea && covers(rectangle)
    case .within: return isInside && meets(rectangle.interior)
    case .crosses: return !isArea && !isInside && meets(rectangle.interior)
    case .overlaps: return isArea && !isInside && meets(rectangle.interior) && !covers(rectangle)
    case .touches: return meets(rectangle) && !meets(rectangle.interior)
    }
  }

  private func meets(_ rectangle: Envelope) -> Bool {
    if let points { return points.meets(rectangle) }
    guard let there = GEOSShape.rectangle(rectangle, in: context) else { return false }
    return GEOSPreparedIntersects_r(context.handle, prepared, there.handle) == 1
  }

  private func covers(_ rectangle: Envelope) -> Bool {
    guard let there = GEOSShape.rectangle(rectangle, in: context) else { return false }
    return GEOSPreparedCovers_r(context.handle, prepared, there.handle) == 1
  }

  /// The nine intersections with a shape. Shapes that are apart share one matrix, those wholly inside another, so that
  /// only those at the boundary cost something.
  private func matrix(of there: GEOSShape) throws(SpatialError) -> String? {
    let isApart = GEOSPreparedIntersects_r(context.handle, prepared, there.handle) == 0
    if isApart, let matrixApart { return matrixApart }
    if shape.dimension == 2, there.dimension == 2,
      GEOSPreparedContainsProperly_r(context.handle, prepared, there.handle) == 1
    {
      return "212FF1FF2"
    }
    try spend()
    guard let text = GEOSRelate_r(context.handle, shape.handle, there.handle) else { return nil }
    defer { GEOSFree_r(context.handle, text) }
    let matrix = String(cString: text)
    if isApart, there.dimension == 2 { matrixApart = matrix }
    return matrix
  }

  private func spend() throws(SpatialError) {
    work += shape.weight
    guard work <= Self.mostWork else { throw .tooIntricate }
  }
}

@available(*, unavailable)
extension GeometryRelation: Sendable {}

extension Envelope {
  /// The envelope without its edges: smaller by a billionth of its longer side, or by what rounding takes.
  fileprivate var interior: Envelope {
    let reach = max(xmin.magnitude, xmax.magnitude, ymin.magnitude, ymax.magnitude)
    let margin = max(max(width, height) * 1e-9, reach.ulp * 4)
    let (dx, dy) = (min(margin, width / 4), min(margin, height / 4))
    return Envelope(xmin: xmin + dx, ymin: ymin + dy, xmax: xmax - dx, ymax: ymax - dy)
  }
}
