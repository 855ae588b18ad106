import Spatial

/// Where a picture lies: the outer edges of its outer pixels, north up.
public struct Georeference: Sendable, Hashable {
  /// The outer edges, in units of the spatial reference.
  public var envelope: Envelope
  /// What the edges' coordinates mean.
  public var spatialReference: SpatialReference

  /// A place from its envelope and the envelope's spatial reference.
  public init(envelope: Envelope, spatialReference: SpatialReference) {
    self.envelope = envelope
    self.spatialReference = spatialReference
  }
}
