/// Pixels on the ground: where a north-up raster or picture lies and how finely it is divided.
public struct PixelGrid: Hashable, Sendable {
  /// The outer western edge.
  public var originX: Double
  /// The outer northern edge.
  public var originY: Double
  /// Width of a pixel, positive.
  public var pixelWidth: Double
  /// Height of a pixel, positive: y falls as the row grows.
  public var pixelHeight: Double
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int
  /// The spatial reference.
  public var spatialReference: SpatialReference

  /// A grid from its north-western corner and the size of its pixels.
  public init(
    originX: Double, originY: Double, pixelWidth: Double, pixelHeight: Double, width: Int, height: Int,
    spatialReference: SpatialReference
  ) {
    self.originX = originX
    self.originY = originY
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.width = width
    self.height = height
    self.spatialReference = spatialReference
  }

  /// An envelope divided into `width` by `height` pixels, both positive.
  public init(envelope: Envelope, width: Int, height: Int, spatialReference: SpatialReference) {
    self.init(
      originX: envelope.xmin, originY: envelope.ymax, pixelWidth: envelope.width / Double(width),
      pixelHeight: envelope.height / Double(height), width: width, height: height, spatialReference: spatialReference)
  }

  /// The outer edges.
  public var envelope: Envelope {
    Envelope(
      xmin: originX, ymin: originY - Double(height) * pixelHeight, xmax: originX + Double(width) * pixelWidth,
      ymax: originY)
  }

  /// The ground x of a column; 0 is the western edge, 0.5 the centre of the first column.
  func x(atColumn column: Double) -> Double { originX + column * pixelWidth }
  /// The ground y of a row; 0 is the northern edge, 0.5 the centre of the first row.
  func y(atRow row: Double) -> Double { originY - row * pixelHeight }
  /// The column of a ground x.
  func column(atX x: Double) -> Double { (x - originX) / pixelWidth }
  /// The row of a ground y.
  func row(atY y: Double) -> Double { (originY - y) / pixelHeight }
}
