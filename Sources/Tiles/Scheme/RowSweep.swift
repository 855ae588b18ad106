import Spatial

/// Goes down the rows of a level, and tells the columns of the tiles in each that has some. What lies between polygons is
/// jumped over.
struct RowSweep {
  /// A row with its columns, parts in order.
  struct Row {
    var row: Int
    var columns: [Range<Int>]
  }

  private let range: TileRange
  /// Polygons that are not reached yet, those that begin highest last; `nil` where there are none to meet.
  private var waiting: [PolygonSweep]?
  private var active: [PolygonSweep] = []
  private var position: Int

  /// Edges that were looked at for the last row, and one for the row itself.
  private(set) var cost = 1

  /// - Parameters:
  ///   - range: the rows and columns to tell of.
  ///   - polygons: what tiles have to meet, closed rings in cells, y down; `nil` for all of the range.
  init(_ range: TileRange, polygons: [[[Point]]]?) {
    self.range = range
    position = range.rows.lowerBound
    waiting = polygons.map { polygons in
      polygons.map { PolygonSweep($0, from: range.rows.lowerBound) }.filter { $0.nextRow(from: 0) != nil }
        .sorted { $0.firstRow > $1.firstRow }
    }
  }

  /// The next row that has columns.
  mutating func next() -> Row? {
    while range.rows.contains(position) {
      let row = position
      let columns = columns(inRow: row)
      position = max(row + 1, nextRow(from: row + 1))
      if !columns.isEmpty { return Row(row: row, columns: columns) }
    }
    return nil
  }

  /// The columns of a row. Rows are to be asked for in rising order.
  mutating func columns(inRow row: Int) -> [Range<Int>] {
    cost = 1
    guard range.rows.contains(row), !range.columns.isEmpty else { return [] }
    guard waiting != nil else { return [range.columns] }
    while let first = waiting?.last, first.firstRow <= row {
      active.append(first)
      waiting?.removeLast()
    }
    var columns: [Range<Int>] = []
    for index in active.indices {
      columns += active[index].columns(inRow: row)
      cost += active[index].cost
    }
    active.removeAll { $0.nextRow(from: row + 1) == nil }
    return PolygonSweep.united(columns).map { $0.clamped(to: range.columns) }.filter { !$0.isEmpty }
  }

  /// The first row from one on that may have columns; beyond the range where there is none.
  private func nextRow(from row: Int) -> Int {
    guard let waiting else { return row }
    let rows = active.compactMap { $0.nextRow(from: row) } + [waiting.last?.firstRow].compactMap(\.self)
    return rows.min() ?? range.rows.upperBound
  }
}
