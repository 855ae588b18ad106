import JSONValue
import Spatial
import Tiles

/// Where the tiles of a vector tile service come from. Used by many threads at once.
protocol VectorTileSource: Sendable {
  /// How the plane is cut.
  var scheme: TilingScheme { get }
  /// The levels that have tiles.
  var levels: ClosedRange<Int> { get }
  /// Where there is data, in the scheme's spatial reference.
  var extent: Envelope { get }
  /// The same in longitudes and latitudes.
  var geographicExtent: Envelope { get }
  /// The layers, in the order of drawing.
  var layers: [VectorLayer] { get }

  /// A tile, compressed by gzip.
  /// - Returns: `nil` where there is no tile.
  func tile(_ address: TileAddress) throws -> [UInt8]?

  /// Whether there is a tile.
  func exists(_ address: TileAddress) throws -> Bool

  /// The index of all tiles down to some level, as `tilemap` has it (REST API 3.3).
  /// - Parameter isCancelled: whether nobody wants it any more.
  func index(isCancelled: () -> Bool) throws -> JSON

  /// A file that comes with the tiles, by its path below the service: `resources/styles/root.json`.
  /// - Returns: `nil` where there is none.
  func resource(_ path: String) throws -> [UInt8]?
}

/// A layer of vector tiles.
struct VectorLayer: Sendable {
  /// Its name in tiles.
  var name: String
  /// The levels that show it.
  var levels: ClosedRange<Int>
  /// Its properties with their types, `String`, `Number` or `Boolean`.
  var fields: [(name: String, type: String)]
  /// Whether it has areas, lines, points; all false where nobody knows.
  var hasAreas = false
  var hasLines = false
  var hasPoints = false

  /// As TileJSON has it.
  var json: JSON {
    [
      "id": .string(name), "description": "", "minzoom": .int(levels.lowerBound), "maxzoom": .int(levels.upperBound),
      "fields": .object(JSONObject(fields.map { ($0.name, .string($0.type)) })),
    ]
  }
}

extension VectorTileSource {
  /// Where there are tiles.
  var coverage: TileCoverage { TileCoverage(scheme: scheme, extent: extent) }

  /// The deepest level down to which the whole index stays small; `nil` where not even its first level does. Below its last
  /// tiles clients draw from these.
  var deepestIndexed: Int? {
    var deepest: Int?
    var count = 0
    for level in 0...levels.upperBound {
      count += coverage.range(of: level).count
      guard count <= 24_000 else { break }
      if levels.contains(level) { deepest = level }
    }
    return deepest
  }
}
