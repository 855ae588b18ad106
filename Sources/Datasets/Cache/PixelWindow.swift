/// A rectangle of pixels of a raster's level, counted from the level's north-western pixel. It may reach outside.
public struct PixelWindow: Hashable, Sendable {
  /// The western column.
  public var x: Int
  /// The northern row.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A window from its corner and size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension RasterInfo {
  /// The pixels that a block covers, cut to the level's size.
  /// - Throws: `damaged` when there is no such block.
  func area(level: Int, column: Int, row: Int) throws(RasterError) -> PixelWindow {
    guard levels.indices.contains(level), column >= 0, row >= 0 else {
      throw .damaged("\(files[0]) has no block \(column), \(row) in level \(level)")
    }
    let size = levels[level]
    guard column <= (size.width - 1) / size.blockWidth, row <= (size.height - 1) / size.blockHeight else {
      throw .damaged("\(files[0]) has no block \(column), \(row) in level \(level)")
    }
    let x = column * size.blockWidth
    let y = row * size.blockHeight
    return PixelWindow(
      x: x, y: y, width: min(size.blockWidth, size.width - x), height: min(size.blockHeight, size.height - y))
  }
}
