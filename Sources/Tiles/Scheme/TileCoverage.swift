import Spatial

/// The tiles that meet an area, level by level: told row by row, so that no list of millions is ever held.
public struct TileCoverage: Sendable {
  /// The scheme.
  public let scheme: TilingScheme
  /// The ground on which there are tiles at all, in the scheme's spatial reference.
  public let extent: Envelope
  /// What the tiles have to meet besides: polygons, each of closed rings of which an odd number surrounds what is inside, in
  /// the scheme's spatial reference; `nil` for all of the extent.
  public let polygons: [[[Point]]]?

  /// The tiles of an extent, or of polygons within it.
  public init(scheme: TilingScheme, extent: Envelope, polygons: [[[Point]]]? = nil) {
    self.scheme = scheme
    self.extent = extent
    self.polygons = polygons
  }

  /// The smallest rectangle around the tiles of a level.
  public func range(of level: Int) -> TileRange {
    let range = scheme.tiles(of: level, meeting: extent)
    guard let polygons else { return range }
    let points = polygons.joined().joined()
    guard !points.isEmpty else { return TileRange(level: level, rows: 0..<0, columns: 0..<0) }
    let around = scheme.tiles(of: level, meeting: Envelope(around: points))
    return TileRange(
      level: level, rows: range.rows.clamped(to: around.rows), columns: range.columns.clamped(to: around.columns))
  }

  /// How many tiles of a level there are.
  /// - Parameter isCancelled: asked now and then; the count is of no use once it said yes.
  public func count(of level: Int, isCancelled: () -> Bool = { false }) -> Int {
    let range = range(of: level)
    guard polygons != nil else { return range.count }
    var (count, work) = (0, 0)
    var sweep = sweep(of: range)
    while let row = sweep.next() {
      for part in row.columns { count += part.count }
      work += sweep.cost
      guard work > Self.longestWork else { continue }
      work = 0
      if isCancelled() { break }
    }
    return count
  }

  /// Edges that are looked at between two questions whether anyone wants the answer: some milliseconds.
  private static let longestWork = 200_000

  /// The columns of the tiles in each of some rows of a level, parts in order; empty where a row has none.
  public func columns(of level: Int, rows: Range<Int>) -> [[Range<Int>]] {
    var sweep = sweep(of: range(of: level))
    return rows.map { sweep.columns(inRow: $0) }
  }

  /// Goes down the tiles of a range row by row.
  func sweep(of range: TileRange) -> RowSweep {
    guard let polygons, let resolution = scheme[range.level]?.resolution else { return RowSweep(range, polygons: nil) }
    let (width, height) = (Double(scheme.tileWidth) * resolution, Double(scheme.tileHeight) * resolution)
    return RowSweep(
      range,
      polygons: polygons.map { rings in
        rings.map { ring in
          ring.map { Point(x: ($0.x - scheme.origin.x) / width, y: (scheme.origin.y - $0.y) / height) }
        }
      })
  }

  /// Some tiles of a level, spread evenly over it; all of them where there are no more.
  public func samples(of level: Int, most: Int) -> [TileAddress] {
    let range = range(of: level)
    guard !range.isEmpty, most > 0 else { return [] }
    // Rows in even steps, and in each some columns in even steps.
    let rowCount = min(range.rows.count, max(1, Int(Double(most).squareRoot().rounded(.up))))
    var sweep = sweep(of: range)
    return (0..<rowCount).flatMap { rank -> [TileAddress] in
      let row = range.rows.lowerBound + (2 * rank + 1) * range.rows.count / (2 * rowCount)
      let parts = sweep.columns(inRow: row)
      let count = parts.reduce(0) { $0 + $1.count }
      let columnCount = min(count, max(1, most / rowCount))
      return (0..<columnCount).compactMap { rank in
        var place = (2 * rank + 1) * count / (2 * columnCount)
        for part in parts {
          if place < part.count { return TileAddress(level: level, row: row, column: part.lowerBound + place) }
          place -= part.count
        }
        return nil
      }
    }
  }

  /// Whether a tile is one of them.
  public func contains(_ tile: TileAddress) -> Bool {
    guard range(of: tile.level).contains(tile) else { return false }
    return polygons == nil
      || columns(of: tile.level, rows: tile.row..<tile.row + 1)[0].contains { $0.contains(tile.column) }
  }
}
