/// Where a compact cache keeps a tile: in which bundle, and where in its index (tile packages, 2 and 3).
struct BundleAddress: Hashable, Sendable {
  /// The level.
  let level: Int
  /// The row of the bundle's uppermost tiles, a multiple of 128.
  let row: Int
  /// The column of the bundle's leftmost tiles, a multiple of 128.
  let column: Int

  /// Tiles that a bundle holds.
  static let cells = TileStorage.packetSize * TileStorage.packetSize

  /// The bundle of a tile.
  init(of tile: TileAddress) {
    level = tile.level
    row = tile.row / TileStorage.packetSize * TileStorage.packetSize
    column = tile.column / TileStorage.packetSize * TileStorage.packetSize
  }

  /// The path of its file below the folder of levels, without the ending: `L09/R0080C0100`.
  var path: String {
    Self.folder(of: level) + "/R" + Self.hexadecimal(row, digits: 4) + "C" + Self.hexadecimal(column, digits: 4)
  }

  /// The tile's place in an index that goes row by row, as that of compact V2 does.
  static func rowMajor(_ tile: TileAddress) -> Int {
    TileStorage.packetSize * (tile.row % TileStorage.packetSize) + tile.column % TileStorage.packetSize
  }

  /// The tile's place in an index that goes column by column, as that of compact V1 does.
  static func columnMajor(_ tile: TileAddress) -> Int {
    TileStorage.packetSize * (tile.column % TileStorage.packetSize) + tile.row % TileStorage.packetSize
  }

  /// The folder of a level: `L09`.
  static func folder(of level: Int) -> String { level < 10 ? "L0\(level)" : "L\(level)" }

  /// A number in lower-case hexadecimal digits, so many at least.
  static func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
