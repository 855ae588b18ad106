import Glibc
import Locking
import Spatial

/// An MBTiles file that is open for reading: a table or view `tiles` of Web Mercator tiles, rows counted from the south, and
/// a table `metadata`.
public final class MBTilesReader: TileCacheReader {
  /// What the file says of itself.
  public let description: TileCacheDescription
  /// The table `metadata` by name: `name`, `format`, `bounds`, `json` (TileJSON of vector tiles) …
  public let metadata: [String: String]
  private let database: Locked<SQLiteFile>

  /// Finest level that is read.
  private static let finestLevel = 30
  /// Of one row and column, as the file counts rows.
  private static let placed = "FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"

  /// Whether a file begins like one of SQLite.
  static func matches(_ head: [UInt8]) -> Bool { head.starts(with: "SQLite format 3\0".utf8) }

  /// Opens a file.
  /// - Throws: `unsupported` for tiles that ArcGIS does not have (WebP), and for a file that is being written.
  init(path: String) throws(TileCacheError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    // What lies in a log of changes would be missed.
    for log in ["-wal", "-journal"] {
      var status = stat()
      guard stat(path + log, &status) != 0 || status.st_size == 0 else {
        throw .unsupported(
          "\(name) has changes in \(name)\(log) beside it: close what writes it, or open it once with sqlite3 and vacuum it"
        )
      }
    }
    let file = try SQLiteFile(path: path, name: name)
    metadata = try Self.metadata(of: file, name: name)
    description = try Self.description(of: file, metadata, name: name)
    database = Locked(file)
  }

  /// The bytes of a tile as they are stored; `nil` when it has none. Rows count from the north, as everywhere here.
  public func tile(_ address: TileAddress) throws(TileCacheError) -> [UInt8]? {
    guard let place = place(of: address) else { return nil }
    let tile = try database.withLock { (database) throws(TileCacheError) in
      try database.rows("SELECT tile_data \(Self.placed)", place, limit: 1) { $0.bytes(0) ?? [] }.first
    }
    guard let tile, !tile.isEmpty else { return nil }
    return tile
  }

  /// Whether it has a tile.
  public func hasTile(_ address: TileAddress) throws(TileCacheError) -> Bool {
    guard let place = place(of: address) else { return false }
    return try database.withLock { (database) throws(TileCacheError) in
      try database.rows("SELECT length(tile_data) \(Self.placed)", place, limit: 1) { $0.integer(0) ?? 0 }
        .contains { $0 > 0 }
    }
  }

  /// Level, column and row as the file counts them; `nil` for a tile beside the grid.
  private func place(of address: TileAddress) -> [Int]? {
    guard (0...Self.finestLevel).contains(address.level) else { return nil }
    let size = 1 << address.level
    guard (0..<size).contains(address.row), (0..<size).contains(address.column) else { return nil }
    return [address.level, address.column, size - 1 - address.row]
  }

  private static func metadata(of file: SQLiteFile, name: String) throws(TileCacheError) -> [String: String] {
    let tables = try file.rows("SELECT name FROM sqlite_master WHERE name IN ('metadata', 'tiles')", limit: 4) {
      $0.text(0) ?? ""
    }
    guard tables.contains("tiles") else {
      throw .unsupported("\(name) is an SQLite database without tiles: no MBTiles file")
    }
    // Tiles alone can be served.
    guard tables.contains("metadata") else { return [:] }
    let rows = try file.rows("SELECT name, value FROM metadata", limit: 1000) { ($0.text(0), $0.text(1)) }
    var metadata: [String: String] = [:]
    for case (let name?, let value?) in rows { metadata[name] = value }
    return metadata
  }

  private static func description(
    of file: SQLiteFile, _ metadata: [String: String], name: String
  ) throws(TileCacheError) -> TileCacheDescription {
    let first = try file.rows("SELECT tile_data FROM tiles LIMIT 1", limit: 1) { $0.bytes(0) ?? [] }.first
    guard let first else { throw .unsupported("\(name) has no tiles") }
    let format = try self.format(of: first, metadata["format"], name: name)
    // Limits that the metadata tells are wrong often enough; the tiles' own are the ends of their index.
    func end(_ order: String) throws(TileCacheError) -> Int? {
      try file.rows("SELECT zoom_level FROM tiles ORDER BY zoom_level \(order) LIMIT 1", limit: 1) { $0.integer(0) }
        .first ?? nil
    }
    guard let coarsest = try end("ASC"), let finest = try end("DESC"), (0...finestLevel).contains(coarsest),
      (coarsest...finestLevel).contains(finest)
    else { throw .damaged("\(name) has tiles of levels that can't be") }
    let side = format == .pbf ? 512 : TileSize(of: first)?.width ?? 256
    guard side == 256 || side == 512 else {
      throw .unsupported("\(name) has tiles of \(side) pixels: 256 or 512 are read")
    }
    var scheme = side == 512 ? TilingScheme.webMercatorVector : .webMercator
    while let last = scheme.levels.last, last.level < finest {
      scheme.levels.append(
        LevelOfDetail(level: last.level + 1, resolution: last.resolution / 2, scale: last.scale / 2))
    }
    let (extent, degrees) = extent(of: metadata["bounds"])
    return TileCacheDescription(
      name: metadata["name"] ?? name, scheme: scheme, format: format, compressionQuality: format == .jpeg ? 75 : 0,
      minLOD: coarsest, maxLOD: finest, fullExtent: extent, geographicExtent: degrees,
      summary: metadata["description"] ?? "", copyrightText: metadata["attribution"] ?? "")
  }

  private static func format(of tile: [UInt8], _ named: String?, name: String) throws(TileCacheError) -> TileFormat {
    switch TileEncoding(of: tile) {
    case .png: return .png
    case .jpeg: return .jpeg
    case .gzip: return .pbf
    case .webp:
      throw .unsupported(
        "\(name) has WebP tiles, which ArcGIS does not have: convert it, for example with gdal_translate -of MBTILES -co TILE_FORMAT=PNG"
      )
    case .lerc, nil:
      // Vector tiles that are not compressed have no signature.
      guard named == "pbf" else { throw .unsupported("\(name) has tiles that are no PNG, JPEG or vector tiles") }
      return .pbf
    }
  }

  /// The extent that `bounds` (west, south, east, north in degrees) tells, in Web Mercator and in degrees; that of the map of
  /// the Earth where it tells none.
  private static func extent(of bounds: String?) -> (Envelope, degrees: Envelope) {
    let northernmost = 85.051128779806589
    let numbers = (bounds ?? "").split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
    var degrees = Envelope(xmin: -180, ymin: -northernmost, xmax: 180, ymax: northernmost)
    if numbers.count == 4, numbers.allSatisfy(\.isFinite) {
      degrees =
        degrees.intersection(Envelope(xmin: numbers[0], ymin: numbers[1], xmax: numbers[2], ymax: numbers[3]))
        ?? degrees
    }
    let radius = 6_378_137.0
    func x(_ longitude: Double) -> Double { radius * longitude * .pi / 180 }
    func y(_ latitude: Double) -> Double { radius * log(tan(.pi / 4 + latitude * .pi / 360)) }
    let extent = Envelope(xmin: x(degrees.xmin), ymin: y(degrees.ymin), xmax: x(degrees.xmax), ymax: y(degrees.ymax))
    return (extent, degrees)
  }
}
