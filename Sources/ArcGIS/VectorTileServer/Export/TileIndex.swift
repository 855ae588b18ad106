import JSONValue
import Tiles

/// Which tiles were exported, from which the index of a package is written.
struct TileIndex {
  /// The tiles of each level: row and column in one number.
  private var levels: [Int: Set<UInt64>] = [:]

  /// The deepest level with a tile; `nil` where there is none.
  var deepest: Int? { levels.keys.max() }

  /// Adds a tile.
  mutating func add(_ tile: TileAddress) {
    levels[tile.level, default: []].insert(Self.key(UInt64(tile.row), UInt64(tile.column)))
  }

  private static func key(_ row: UInt64, _ column: UInt64) -> UInt64 { row << 32 | column }

  /// The tree of a package's `tilemap/root.json` (tile packages, 10). Where levels above are left out a node stands for
  /// what is below.
  func serialized() -> [UInt8] {
    guard let deepest else { return Array(#"{"index":0}"#.utf8) }
    // For each level the cells with a tile below them.
    var parents = [Set<UInt64>](repeating: [], count: deepest + 1)
    for level in stride(from: deepest, to: 0, by: -1) {
      for key in levels[level, default: []].union(parents[level]) {
        parents[level - 1].insert(Self.key(key >> 33, (key & 0xFFFF_FFFF) >> 1))
      }
    }
    var text = Array(#"{"index":"#.utf8)
    write(row: 0, column: 0, level: 0, parents, &text)
    text.append(UInt8(ascii: "}"))
    return text
  }

  private func write(row: UInt64, column: UInt64, level: Int, _ parents: [Set<UInt64>], _ text: inout [UInt8]) {
    let key = Self.key(row, column)
    guard parents[level].contains(key) else {
      text.append(UInt8(ascii: levels[level]?.contains(key) == true ? "1" : "0"))
      return
    }
    for child: UInt64 in 0..<4 {
      text.append(UInt8(ascii: child == 0 ? "[" : ","))
      write(row: 2 * row + child / 2, column: 2 * column + child % 2, level: level + 1, parents, &text)
    }
    text.append(UInt8(ascii: "]"))
  }
}
