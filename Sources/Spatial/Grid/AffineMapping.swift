/// A mapping of pixels between grids of the same spatial reference.
///
/// The centre of target column `c` lies at source column `originX + (c + 0.5) * scaleX`, rows likewise.
public struct AffineMapping: Hashable, Sendable {
  /// The source column of the target's western edge.
  public var originX: Double
  /// The source row of the target's northern edge.
  public var originY: Double
  /// Source columns a target column, positive.
  public var scaleX: Double
  /// Source rows a target row, positive.
  public var scaleY: Double

  init(from target: PixelGrid, to source: PixelGrid) {
    originX = source.column(atX: target.originX)
    originY = source.row(atY: target.originY)
    scaleX = target.pixelWidth / source.pixelWidth
    scaleY = target.pixelHeight / source.pixelHeight
  }

  /// The source column of the centre of a target column.
  @inlinable public func x(_ column: Int) -> Double { originX + (Double(column) + 0.5) * scaleX }
  /// The source row of the centre of a target row.
  @inlinable public func y(_ row: Int) -> Double { originY + (Double(row) + 0.5) * scaleY }
}
