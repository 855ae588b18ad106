extension TileCacheDescription {
  /// The name as that of a folder: no separators, no controls, nothing that leads elsewhere. `Layers`, as ArcGIS calls the
  /// cache of a map by default, where nothing is left.
  var folderName: String {
    var safe = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\0"..<" ", "\u{7F}", "/", "\\", ":", "*", "?", "\"", "<", ">", "|": safe += "_"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    // Windows takes off blanks and dots at the end.
    while let last = safe.last, last == " " || last == "." { safe.removeLast() }
    while safe.utf8.count > 120 { safe.removeLast() }
    return safe.isEmpty ? "Layers" : safe
  }

  /// The identifier as ArcGIS writes it: `8F615B9F-DC0C-4BAB-860B-B3558FF71006`.
  var guid: String {
    let digits = identifier.filter(\.isHexDigit).uppercased().prefix(32)
    let all = Array(String(repeating: "0", count: 32 - digits.count) + digits)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(all[$0]) }.joined(separator: "-")
  }

  /// How many bytes the tiles of a rectangle can have, one with another: those that meet the extent, as large as tiles
  /// come that are not compressed at all.
  func maximumBytes(of range: TileRange) -> Int {
    let within = scheme.tiles(of: range.level, meeting: fullExtent)
    let rows = range.rows.clamped(to: within.rows)
    let columns = range.columns.clamped(to: within.columns)
    let count = rows.isEmpty || columns.isEmpty ? range.count : rows.count * columns.count
    let pixels = (scheme.tileWidth + 1) * (scheme.tileHeight + 1)
    let bytes =
      switch format {
      case .pbf: 2 << 20
      case .lerc, .lerc2D: 8 * max(1, bandCount) * pixels
      case .jpeg: 3 * pixels
      default: 4 * pixels
      }
    return count * (4 + min(TileStorage.maximumTileBytes, bytes + 4096))
  }
}
