/// The tiles of a coverage in the order in which caches are written: level by level, bundle by bundle, and within a bundle in
/// small squares of neighbours, which are drawn together. Made while they are asked for, so that no list is held.
public struct TileBatches: Sequence, IteratorProtocol {
  private let coverage: TileCoverage
  private var levels: ArraySlice<Int>
  private var range = TileRange(level: 0, rows: 0..<0, columns: 0..<0)
  /// The rows of the bundles that are gone through now, and the columns of the tiles in each.
  private var rows = 0..<0
  private var columns: [[Range<Int>]] = []
  private var bundleColumn = 0
  private var waiting: [[TileAddress]] = []

  private let size: Int

  /// The tiles of some levels, in rising order.
  /// - Parameter size: rows and columns of a square, a divisor of `TileStorage.packetSize`.
  public init(_ coverage: TileCoverage, levels: [Int], size: Int = 8) {
    self.coverage = coverage
    self.levels = levels[...]
    self.size = size
  }

  /// The next tiles, at least one.
  public mutating func next() -> [TileAddress]? {
    while waiting.isEmpty {
      guard bundleColumn * TileStorage.packetSize < range.columns.upperBound, !rows.isEmpty else {
        guard nextRow() else { return nil }
        continue
      }
      waiting = squares(of: bundleColumn).reversed()
      bundleColumn += 1
    }
    return waiting.popLast()
  }

  /// Goes on to the next row of bundles, or level.
  private mutating func nextRow() -> Bool {
    let size = TileStorage.packetSize
    var first = rows.upperBound
    while first >= range.rows.upperBound || range.isEmpty {
      guard let level = levels.popFirst() else { return false }
      range = coverage.range(of: level)
      first = range.rows.lowerBound
    }
    rows = first..<Swift.min((first / size + 1) * size, range.rows.upperBound)
    columns = coverage.columns(of: range.level, rows: rows)
    bundleColumn = range.columns.lowerBound / size
    return true
  }

  /// The squares of one bundle that have tiles in them, from the top, each row from the left.
  private func squares(of bundle: Int) -> [[TileAddress]] {
    let across = bundle * TileStorage.packetSize..<(bundle + 1) * TileStorage.packetSize
    guard columns.contains(where: { $0.contains { $0.overlaps(across) } }) else { return [] }
    var squares: [[TileAddress]] = []
    for top in stride(from: rows.lowerBound / size * size, to: rows.upperBound, by: size) {
      let band = Swift.max(top, rows.lowerBound)..<Swift.min(top + size, rows.upperBound)
      for left in stride(from: across.lowerBound, to: across.upperBound, by: size) {
        let square = band.flatMap { row in
          columns[row - rows.lowerBound].flatMap { part in
            part.clamped(to: left..<left + size).map {
              TileAddress(level: range.level, row: row, column: $0)
            }
          }
        }
        if !square.isEmpty { squares.append(square) }
      }
    }
    return squares
  }
}
