import Spatial

/// Which rasters of a service are asked for; every condition that is set must hold.
public struct RasterQuery: Sendable {
  /// Rasters whose footprint shares more than an edge with this envelope, in the spatial reference of the service.
  public var envelope: Envelope?
  /// Whether a common edge or corner is enough, so that the envelope may be a line or a point.
  public var countsEdges: Bool
  /// Rasters for which the condition is true.
  public var condition: WhereClause?
  /// Rasters with these keys; unknown ones are passed over.
  public var objectIds: [Int64]?
  /// Rasters that are shown at this cell size (`MinPS <= size < MaxPS`), in units of the service.
  public var cellSize: Double?
  /// Rasters whose time has a moment in common with this span; none without a time. Where a service has no `timeInfo` every
  /// raster is meant.
  public var time: TimeSpan?

  /// A query; without conditions every raster is meant.
  public init(
    envelope: Envelope? = nil, countsEdges: Bool = false, condition: WhereClause? = nil, objectIds: [Int64]? = nil,
    cellSize: Double? = nil, time: TimeSpan? = nil
  ) {
    self.envelope = envelope
    self.countsEdges = countsEdges
    self.condition = condition
    self.objectIds = objectIds
    self.cellSize = cellSize
    self.time = time
  }

  /// Whether a footprint meets the envelope.
  func isMet(by footprint: Envelope) -> Bool {
    guard let envelope else { return true }
    return countsEdges ? footprint.touches(envelope) : footprint.overlaps(envelope)
  }
}
