import Catalog
import JSONValue
import Spatial
import Tiles
import Worlds

/// `…/ImageServer/tilemap/{level}/{row}/{column}/{width}/{height}`: which tiles there are (REST API 1.23).
enum TileMapResource {
  static let operation = Operation(
    "tilemap/{level}/{row}/{column}/{width}/{height}", title: "Tile Map", "Which tiles there are.",
    scope: .imageService, capability: "Tilemap", available: { $0.settings.tiling.isCached },
    refusal: TileResource.noTiles, since: ServerVersion(10, 6, 1), weight: .heavy, stable: true, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let tiles = try call.tiles()
    guard let window = TileMapWindow(call), tiles.tiling.scheme[window.range.level] != nil else {
      throw ArcGISError.invalid(
        detail: "The tile map can't be given.",
        hint:
          "tilemap/{level}/{row}/{column}/{width}/{height}: a level and tiles of the scheme, width and height from 1")
    }
    let exists = try tiles.existence(in: window.range)
    return try window.answer(exists, for: call.version)
  }
}

/// The part of a level that a tile map is asked for.
struct TileMapWindow {
  /// The tiles that are told of.
  let range: TileRange
  /// Whether they are others than those asked for: a tile map does not go beyond a bundle.
  let isAdjusted: Bool

  /// The window that the path of a call names; `nil` when its numbers are none, or it has no tile.
  init?(_ call: Call) {
    guard let first = call.tileAddress, let width = Int(call.variable("width")), width > 0,
      let height = Int(call.variable("height")), height > 0
    else { return nil }
    let size = TileStorage.packetSize
    // Up to the next edge of a bundle.
    let columns = first.column..<min((first.column / size + 1) * size, first.column + min(width, size))
    let rows = first.row..<min((first.row / size + 1) * size, first.row + min(height, size))
    range = TileRange(level: first.level, rows: rows, columns: columns)
    isAdjusted = columns.count != width || rows.count != height
  }

  /// The answer.
  /// - Parameter exists: for each tile of the range, row by row, whether there is one.
  /// - Throws: `ArcGISError` where there is none: the SDKs look at its status.
  func answer(_ exists: [Bool], for version: ServerVersion) throws(ArcGISError) -> Answer {
    guard exists.contains(true) else {
      throw ArcGISError(
        code: 422, message: "Tiles not present", details: ["There are no tiles in this part of the level."],
        status: 422)
    }
    var members: JSONObject = [
      "adjusted": .bool(isAdjusted),
      "location": [
        "left": .int(range.columns.lowerBound), "top": .int(range.rows.lowerBound),
        "width": .int(range.columns.count), "height": .int(range.rows.count),
      ],
      "data": .array(exists.map { $0 ? 1 : 0 }),
    ]
    if version >= ServerVersion(11, 0) { members["valid"] = true }
    return .json(.object(members))
  }
}

extension ServiceTiles {
  /// For each tile of a range, row by row, whether the package has it, or a raster of the service ground in common with it.
  func existence(in range: TileRange) throws -> [Bool] {
    guard tiling.levels.contains(range.level) else { return [Bool](repeating: false, count: range.count) }
    let inside = tiling.coverage.range(of: range.level)
    let footprints = cache == nil ? try self.footprints(around: range) : []
    return try range.rows.flatMap { row in
      try range.columns.map { column in
        let tile = TileAddress(level: range.level, row: row, column: column)
        if let cache { return try cache.hasTile(tile) }
        guard inside.contains(tile), let ground = tiling.scheme.envelope(of: tile) else { return false }
        return footprints.contains { $0.overlaps(ground) }
      }
    }
  }
}
