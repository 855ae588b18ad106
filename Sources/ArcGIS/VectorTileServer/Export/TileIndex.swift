import JSONValue
import Tiles

/// Which tiles were exported: a bit for each cell of each level, from which the index of a package is written.
struct TileIndex {
  private let coverage: TileCoverage
  private var levels: [Int: (range: TileRange, bits: [UInt8])] = [:]

  /// An index without tiles.
  init(_ coverage: TileCoverage) { self.coverage = coverage }

  /// The deepest level with a tile; `nil` where there is none.
  var deepest: Int? { levels.keys.max() }

  /// Adds a tile of the coverage.
  mutating func add(_ tile: TileAddress) {
    let range = levels[tile.level]?.range ?? coverage.range(of: tile.level)
    guard range.contains(tile) else { return }
    let place = Self.place(of: tile, in: range)
    levels[tile.level, default: (range, [UInt8](repeating: 0, count: (range.count + 7) / 8))].bits[place / 8] |=
      1 << UInt8(place % 8)
  }

  private static func place(of tile: TileAddress, in range: TileRange) -> Int {
    (tile.row - range.rows.lowerBound) * range.columns.count + tile.column - range.columns.lowerBound
  }

  private func contains(_ tile: TileAddress) -> Bool {
    guard let (range, bits) = levels[tile.level], range.contains(tile) else { return false }
    let place = Self.place(of: tile, in: range)
    return bits[place / 8] & 1 << UInt8(place % 8) != 0
  }

  /// The tree of a package's `tilemap/root.json` (tile packages, 10). Where levels above are left out a node stands for
  /// what is below.
  func serialized() -> [UInt8] {
    var text = Array(#"{"index":"#.utf8)
    if !write(TileAddress(level: 0, row: 0, column: 0), to: deepest ?? 0, &text) { text.append(UInt8(ascii: "0")) }
    text.append(UInt8(ascii: "}"))
    return text
  }

  /// Writes a node; false, and nothing written, where there is no tile.
  private func write(_ tile: TileAddress, to deepest: Int, _ text: inout [UInt8]) -> Bool {
    let isHere = contains(tile)
    // No tile below lies outside of the ground that is exported.
    if tile.level < deepest, coverage.range(of: tile.level).contains(tile) {
      let start = text.count
      var isBelow = false
      for child in 0..<4 {
        text.append(UInt8(ascii: child == 0 ? "[" : ","))
        let address = TileAddress(
          level: tile.level + 1, row: 2 * tile.row + child / 2, column: 2 * tile.column + child % 2)
        if write(address, to: deepest, &text) { isBelow = true } else { text.append(UInt8(ascii: "0")) }
      }
      text.append(UInt8(ascii: "]"))
      if isBelow { return true }
      text.removeSubrange(start...)
    }
    if isHere { text.append(UInt8(ascii: "1")) }
    return isHere
  }
}
