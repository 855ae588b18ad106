import Tiles
import Worlds

/// `…/VectorTileServer/tile/{level}/{row}/{column}.pbf`: a tile (REST API 3.2).
enum VectorTileResource {
  static let operation = Operation(
    "tile/{level}/{row}/{column}", title: "Tile", "A tile of the service.", scope: .vectorTileService,
    since: VectorTiles.since, formats: [], weight: .heavy, stable: true
  ) { call in
    let tiles = try call.vectorTiles()
    guard let address = call.tileAddress, tiles.levels.contains(address.level), let tile = try tiles.tile(address)
    else {
      throw ArcGISError(
        code: 404, message: "Tile not found", status: 404,
        hint: "there is no tile here: tile/{level}/{row}/{column}.pbf counts rows before columns")
    }
    return .compressedTile(tile, type: "application/octet-stream")
  }
}

/// `…/VectorTileServer/tilemap`: which tiles there are (REST API 3.3).
enum VectorTileMap {
  static let index = Operation(
    "tilemap", title: "Tile Map", "Which tiles there are, as a tree.", scope: .vectorTileService,
    since: VectorTiles.since, formats: [.json, .pjson, .html], weight: .heavy, stable: true
  ) { call in
    try check(call)
    return .json(try call.vectorTiles().index(isCancelled: call.isCancelled))
  }

  static let window = Operation(
    "tilemap/{level}/{row}/{column}/{width}/{height}", title: "Tile Map", "Which tiles of a part of a level there are.",
    scope: .vectorTileService, since: VectorTiles.since, formats: [.json, .pjson, .html], weight: .heavy, stable: true
  ) { call in
    try check(call)
    let tiles = try call.vectorTiles()
    guard let window = TileMapWindow(call), tiles.scheme[window.range.level] != nil else {
      throw ArcGISError.invalid(
        detail: "The tile map can't be given.",
        hint:
          "tilemap/{level}/{row}/{column}/{width}/{height}: a level and tiles of the scheme, width and height from 1")
    }
    let inside = tiles.coverage.range(of: window.range.level)
    let exists = try window.range.rows.flatMap { row in
      try window.range.columns.map { column in
        let tile = TileAddress(level: window.range.level, row: row, column: column)
        return tiles.levels.contains(tile.level) && inside.near(tile) ? try tiles.exists(tile) : false
      }
    }
    return try window.answer(exists, for: call.version)
  }

  /// - Throws: `ArcGISError` for a service whose owner gives no tile map.
  private static func check(_ call: Call) throws(ArcGISError) {
    guard try call.vectorTileService().settings.capabilities.contains("Tilemap") else {
      throw .notSupported("the capabilities of the service have no Tilemap")
    }
  }
}

extension TileRange {
  /// Whether a tile is one of them or beside one: what lies near an edge is seen in the next tile too.
  fileprivate func near(_ tile: TileAddress) -> Bool {
    TileRange(
      level: level, rows: rows.lowerBound - 1..<rows.upperBound + 1,
      columns: columns.lowerBound - 1..<columns.upperBound + 1
    ).contains(tile)
  }
}
