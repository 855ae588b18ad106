/// The tiles of a coverage in the order in which caches are written: level by level, bundle by bundle, and within a bundle in
/// small squares of neighbours, which are drawn together. Made while they are asked for, so that no list is held.
public struct TileBatches: Sequence, IteratorProtocol {
  private let coverage: TileCoverage
  private let size: Int
  private var levels: ArraySlice<Int>
  private var level = 0
  private var sweep: RowSweep?
  /// The first row of the next bundles.
  private var ahead: RowSweep.Row?
  /// The rows of the bundles that are gone through now.
  private var rows: [RowSweep.Row] = []
  /// Their bundles that are still to come, counted from the left.
  private var bundles: [Range<Int>] = []
  private var waiting: [[TileAddress]] = []

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
      guard let first = bundles.first else {
        guard nextRows() else { return nil }
        continue
      }
      waiting = squares(of: first.lowerBound).reversed()
      bundles[0] = first.lowerBound + 1..<first.upperBound
      if bundles[0].isEmpty { bundles.removeFirst() }
    }
    return waiting.popLast()
  }

  /// Goes on to the next row of bundles that has tiles, be it of another level.
  private mutating func nextRows() -> Bool {
    if ahead == nil { ahead = sweep?.next() }
    while ahead == nil {
      guard let next = levels.popFirst() else { return false }
      level = next
      sweep = coverage.sweep(of: coverage.range(of: next))
      ahead = sweep?.next()
    }
    let size = TileStorage.packetSize
    rows = []
    let row = (ahead?.row ?? 0) / size
    while let next = ahead, next.row / size == row {
      rows.append(next)
      ahead = sweep?.next()
    }
    bundles = PolygonSweep.united(
      rows.flatMap { $0.columns.map { $0.lowerBound / size..<($0.upperBound - 1) / size + 1 } })
    return true
  }

  /// The squares of one bundle that have tiles in them, from the top, each row from the left.
  private func squares(of bundle: Int) -> [[TileAddress]] {
    let across = bundle * TileStorage.packetSize..<(bundle + 1) * TileStorage.packetSize
    var squares: [[TileAddress]] = []
    var band: [(row: Int, columns: [Range<Int>])] = []
    func finish() {
      for left in stride(from: across.lowerBound, to: across.upperBound, by: size) {
        let square = band.flatMap { row, columns in
          columns.flatMap { part in
            part.clamped(to: left..<left + size).map { TileAddress(level: level, row: row, column: $0) }
          }
        }
        if !square.isEmpty { squares.append(square) }
      }
      band = []
    }
    for row in rows {
      if let last = band.last, last.row / size != row.row / size { finish() }
      let columns = row.columns.filter { $0.overlaps(across) }
      if !columns.isEmpty { band.append((row.row, columns)) }
    }
    finish()
    return squares
  }
}
