/// How one tile is encoded, told by its first bytes (tile packages, 5).
enum TileEncoding: Sendable, Hashable {
  case png
  case jpeg
  case lerc
  case webp
  case gzip

  /// The encoding of a tile; `nil` for one that is not known.
  init?(of tile: [UInt8]) {
    let starts: [([UInt8], TileEncoding)] = [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
      (Array("Lerc2 ".utf8), .lerc), (Array("CntZImage ".utf8), .lerc), ([0x1F, 0x8B, 0x08], .gzip),
    ]
    if let known = starts.first(where: { tile.starts(with: $0.0) }) {
      self = known.1
    } else if tile.count >= 12, tile.starts(with: "RIFF".utf8), tile[8..<12].elementsEqual("WEBP".utf8) {
      self = .webp
    } else {
      return nil
    }
  }

  /// The ending of a file that holds such a tile.
  var fileEnding: String {
    switch self {
    case .png: "png"
    case .jpeg: "jpg"
    case .lerc: "lerc"
    case .webp: "webp"
    case .gzip: "pbf"
    }
  }
}
