/// How one tile is encoded, told by its first bytes (tile packages, 5).
public enum TileEncoding: Sendable, Hashable {
  /// PNG.
  case png
  /// JPEG.
  case jpeg
  /// LERC 1 or 2.
  case lerc
  /// WebP.
  case webp
  /// Anything compressed by gzip: a vector tile.
  case gzip

  /// The encoding of a tile; `nil` for one that is not known.
  public init?(of tile: [UInt8]) {
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

  /// The media type of an answer that holds such a tile.
  public var contentType: String {
    switch self {
    case .png: "image/png"
    case .jpeg: "image/jpeg"
    case .webp: "image/webp"
    case .lerc, .gzip: "application/octet-stream"
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
