import Spatial

/// The pixels of a picture: a north-up envelope split into columns and rows.
public struct TargetGrid: Sendable, Hashable {
  /// Columns, at least 1.
  public var width: Int
  /// Rows, at least 1.
  public var height: Int
  /// The outer edges of the outer pixels, in units of `spatialReference`.
  public var envelope: Envelope
  /// The spatial reference of the picture.
  public var spatialReference: SpatialReference

  /// A grid from its parts.
  public init(width: Int, height: Int, envelope: Envelope, spatialReference: SpatialReference) {
    self.width = width
    self.height = height
    self.envelope = envelope
    self.spatialReference = spatialReference
  }

  /// The same as a grid of pixels.
  var pixels: PixelGrid {
    PixelGrid(envelope: envelope, width: width, height: height, spatialReference: spatialReference)
  }
}
