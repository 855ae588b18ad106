import Spatial

/// Which rasters of a service are asked for; every condition that is set must hold.
public struct RasterQuery: Sendable {
  /// Rasters whose footprint shares more than an edge with this envelope, in the spatial reference of the service.
  public var envelope: Envelope?
  /// Rasters for which the condition is true.
  public var condition: WhereClause?
  /// Rasters with these keys; unknown ones are passed over.
  public var objectIds: [Int64]?
  /// Rasters that are shown at this cell size (`MinPS <= size < MaxPS`), in units of the service.
  public var cellSize: Double?

  /// A query; without conditions every raster is meant.
  public init(
    envelope: Envelope? = nil, condition: WhereClause? = nil, objectIds: [Int64]? = nil, cellSize: Double? = nil
  ) {
    self.envelope = envelope
    self.condition = condition
    self.objectIds = objectIds
    self.cellSize = cellSize
  }
}
