/// What kind of file a tile is: caches know it by the first bytes only (tile packages, 5).
enum EncodedTile {
  /// The media type.
  static func contentType(of tile: [UInt8]) -> String {
    if tile.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    return tile.starts(with: [0xFF, 0xD8, 0xFF]) ? "image/jpeg" : "application/octet-stream"
  }
}
