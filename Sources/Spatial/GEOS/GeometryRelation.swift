import CGEOS

/// The relation of one geometry to many others, which GEOS works out.
///
/// Belongs to the thread that made it. The geometry is prepared once, so that thousands of others take milliseconds.
public final class GeometryRelation {
  private let relation: SpatialRelation
  private let envelope: Envelope
  private let vertices: Int
  private let context: GEOSContext
  private let shape: GEOSShape
  private let prepared: OpaquePointer
  /// Vertices that were looked at by predicates that can't be prepared for.
  private var work = 0

  /// Vertices that such predicates may look at in all: some ten seconds.
  private static let mostWork = 20_000_000

  /// - Parameters:
  ///   - geometry: what is asked with.
  ///   - relation: how it has to lie to the others.
  /// - Throws: `SpatialError.tooIntricate` for lines that cross each other too often.
  public init(of geometry: Geometry, _ relation: SpatialRelation) throws(SpatialError) {
    self.relation = relation
    envelope = geometry.envelope
    vertices = geometry.vertexCount
    context = GEOSContext()
    guard let shape = GEOSShape.make(geometry, in: context),
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
    guard isNear || relation.holdsApart, let there = GEOSShape.make(other, in: context) else { return false }
    let answer: CChar
    switch relation {
    case .intersects, .envelopesIntersect:
      answer = GEOSPreparedIntersects_r(context.handle, prepared, there.handle)
    case .contains:
      answer = GEOSPreparedContains_r(context.handle, prepared, there.handle)
    case .within:
      // A geometry that reaches beyond the other's envelope is not within it.
      guard other.envelope.contains(envelope) else { return false }
      try spend()
      answer = GEOSPreparedWithin_r(context.handle, prepared, there.handle)
    case .crosses, .overlaps, .touches:
      // What is apart, or wholly inside, is quickly told.
      guard GEOSPreparedIntersects_r(context.handle, prepared, there.handle) == 1,
        GEOSPreparedContainsProperly_r(context.handle, prepared, there.handle) != 1
      else { return false }
      try spend()
      switch relation {
      case .crosses: answer = GEOSPreparedCrosses_r(context.handle, prepared, there.handle)
      case .overlaps: answer = GEOSPreparedOverlaps_r(context.handle, prepared, there.handle)
      default: answer = GEOSPreparedTouches_r(context.handle, prepared, there.handle)
      }
    case .pattern(let pattern):
      try spend()
      answer = GEOSRelatePattern_r(context.handle, shape.handle, there.handle, pattern.text)
    }
    return answer == 1
  }

  private func spend() throws(SpatialError) {
    work += vertices
    guard work <= Self.mostWork else { throw .tooIntricate }
  }
}

@available(*, unavailable)
extension GeometryRelation: Sendable {}
