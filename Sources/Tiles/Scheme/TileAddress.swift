/// A tile, named level / row / column as ArcGIS does. Rows count down from the top of the scheme, columns to the right, both
/// from 0 at the scheme's origin.
public struct TileAddress: Hashable, Sendable {
  /// The level.
  public var level: Int
  /// The row, from 0 at the top.
  public var row: Int
  /// The column, from 0 at the left.
  public var column: Int

  /// A tile from its parts.
  public init(level: Int, row: Int, column: Int) {
    self.level = level
    self.row = row
    self.column = column
  }
}

/// A rectangle of tiles of one level.
public struct TileRange: Hashable, Sendable {
  /// The level.
  public var level: Int
  /// The rows, from 0 at the top.
  public var rows: Range<Int>
  /// The columns, from 0 at the left.
  public var columns: Range<Int>

  /// A rectangle from its parts.
  public init(level: Int, rows: Range<Int>, columns: Range<Int>) {
    self.level = level
    self.rows = rows
    self.columns = columns
  }

  /// How many tiles there are.
  public var count: Int { rows.count * columns.count }
  /// Whether there is no tile.
  public var isEmpty: Bool { rows.isEmpty || columns.isEmpty }

  /// Whether a tile is one of them.
  public func contains(_ tile: TileAddress) -> Bool {
    tile.level == level && rows.contains(tile.row) && columns.contains(tile.column)
  }
}
