/// The size of a tile's picture, from its head.
struct TileSize: Sendable, Hashable {
  /// Columns.
  var width: Int
  /// Rows.
  var height: Int

  /// The size of a PNG or JPEG; `nil` for others, and for broken ones.
  init?(of tile: [UInt8]) {
    switch TileEncoding(of: tile) {
    case .png:
      guard tile.count >= 24 else { return nil }
      width = Int(UInt32(bigEndian: tile.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt32.self) }))
      height = Int(UInt32(bigEndian: tile.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 20, as: UInt32.self) }))
    case .jpeg:
      var at = 2
      while at + 9 <= tile.count, tile[at] == 0xFF {
        let marker = tile[at + 1]
        // The start of a frame, of whatever kind; C4, C8 and CC are other segments.
        if (0xC0...0xCF).contains(marker), marker != 0xC4, marker != 0xC8, marker != 0xCC {
          height = Int(tile[at + 5]) << 8 | Int(tile[at + 6])
          width = Int(tile[at + 7]) << 8 | Int(tile[at + 8])
          return
        }
        at += 2 + (Int(tile[at + 2]) << 8 | Int(tile[at + 3]))
      }
      return nil
    default: return nil
    }
  }
}
