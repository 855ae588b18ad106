import Foundation
import Spatial

@testable import Tiles

/// Tiles whose bytes follow from their address, so that a script can work them out by itself: the ends of `level/row/column `
/// repeated.
struct SampleCache {
  /// In the order that writers want.
  var addresses: [TileAddress]

  /// Some tiles of several bundles on several levels, one bundle with a name of five digits.
  static let scattered = SampleCache([
    .init(level: 0, row: 0, column: 0), .init(level: 1, row: 1, column: 0), .init(level: 1, row: 0, column: 1),
    .init(level: 9, row: 200, column: 300), .init(level: 9, row: 255, column: 383),
    .init(level: 9, row: 127, column: 128), .init(level: 9, row: 128, column: 127),
    .init(level: 18, row: 0x1A280, column: 0xFF80), .init(level: 18, row: 0x1A2FF, column: 0xFFFF),
  ])

  /// All tiles of the levels 0 to `last`.
  static func pyramid(through last: Int) -> SampleCache {
    SampleCache(
      (0...last).flatMap { level in
        (0..<(1 << level)).flatMap { row in
          (0..<(1 << level)).map { TileAddress(level: level, row: row, column: $0) }
        }
      })
  }

  init(_ addresses: [TileAddress]) {
    self.addresses = addresses.sorted { left, right in
      let (a, b) = (BundleAddress(of: left), BundleAddress(of: right))
      return (a.level, a.row, a.column, left.row, left.column) < (b.level, b.row, b.column, right.row, right.column)
    }
  }

  /// What a tile holds.
  static func bytes(_ address: TileAddress) -> [UInt8] {
    let word = Array("\(address.level)/\(address.row)/\(address.column) ".utf8)
    let count = 50 + (address.row * 7 + address.column * 13) % 1000
    return (0..<count).map { word[$0 % word.count] }
  }

  /// The same in Python.
  static let python = """
    def tile(level, row, column):
        word = b'%d/%d/%d ' % (level, row, column)
        count = 50 + (row * 7 + column * 13) % 1000
        return (word * (count // len(word) + 1))[:count]

    """

  /// Writes all tiles.
  func write(to writer: any TileCacheWriter) throws {
    for address in addresses { try writer.append(Self.bytes(address), at: address) }
  }

  /// The addresses as JSON for a script.
  var json: String {
    "[" + addresses.map { "[\($0.level),\($0.row),\($0.column)]" }.joined(separator: ",") + "]"
  }
}

extension TileCacheDescription {
  /// The description of a cache of the whole Earth in Web Mercator.
  static func world(_ name: String = "World", _ format: TileFormat = .png32, levels: ClosedRange<Int>)
    -> TileCacheDescription
  {
    let half = 20_037_508.342787
    return TileCacheDescription(
      name: name, scheme: format == .pbf ? .webMercatorVector : .webMercator, format: format,
      compressionQuality: format == .jpeg ? 90 : 0, bandCount: 3, minLOD: levels.lowerBound, maxLOD: levels.upperBound,
      fullExtent: Envelope(xmin: -half, ymin: -half, xmax: half, ymax: half),
      geographicExtent: Envelope(xmin: -180, ymin: -85.051, xmax: 180, ymax: 85.051), minScale: 591657527.591555,
      maxScale: 9027.977411, summary: "Tiles & <marks>", copyrightText: "Somebody's", tags: ["one", "two"],
      thumbnail: [0x89, 0x50, 0x4E, 0x47], created: 1_700_000_000_000,
      identifier: "8f615b9fdc0c4bab860bb3558ff71006")
  }
}
