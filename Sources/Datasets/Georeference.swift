import Spatial

/// A north-up georeference: the outer corner of the north-western pixel and the size of a pixel.
public struct Georeference: Sendable, Hashable {
  /// The outer western edge.
  public var originX: Double
  /// The outer northern edge.
  public var originY: Double
  /// Width of a pixel, positive.
  public var pixelWidth: Double
  /// Height of a pixel, positive: y falls as the row grows.
  public var pixelHeight: Double
  /// The spatial reference.
  public var spatialReference: SpatialReference

  /// A georeference from its parts.
  public init(
    originX: Double, originY: Double, pixelWidth: Double, pixelHeight: Double, spatialReference: SpatialReference
  ) {
    self.originX = originX
    self.originY = originY
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.spatialReference = spatialReference
  }

  /// The outer edges of a raster of `width` by `height` pixels.
  public func envelope(width: Int, height: Int) -> Envelope {
    Envelope(
      xmin: originX, ymin: originY - Double(height) * pixelHeight, xmax: originX + Double(width) * pixelWidth,
      ymax: originY)
  }
}
