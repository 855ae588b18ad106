import Catalog
import Tiles
import Worlds

/// `…/ImageServer/tile/{level}/{row}/{column}`: a tile (REST API 1.22).
enum TileResource {
  private static let blankTile = Parameter(
    "blankTile", title: "Blank Tile", .flag, default: true, defaultText: "true",
    "Whether a tile without data is answered with an empty picture rather than with status 404.")

  static let operation = Operation(
    "tile/{level}/{row}/{column}", title: "Tile", "A tile of the service.", scope: .imageService,
    available: { $0.settings.tiling.isCached }, refusal: noTiles, since: ServerVersion(10, 1), formats: [],
    parameters: [blankTile], weight: .heavy, stable: true, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let tiles = try call.tiles()
    guard let address = call.tileAddress, tiles.tiling.isOnGrid(address) else { throw outside }
    let maker = tiles.maker()
    var tile: [UInt8]?
    do {
      tile = try maker.tile(address, isCancelled: call.isCancelled)
    } catch let error as TileCacheError {
      throw ArcGISError(code: 500, message: "Error: the tile can't be read.", status: 500, hint: error.reason)
    }
    if tile == nil, try call.value(blankTile) { tile = try tiles.tiling.blankTile() }
    guard let tile else { throw outside }
    return .tile(tile, type: TileEncoding(of: tile)?.contentType ?? "application/octet-stream")
  }

  /// Clients of tiles look at the status alone.
  private static let outside = ArcGISError(
    code: 404, message: "Tile not found", status: 404,
    hint: "there is no tile here: tile/{level}/{row}/{column} counts rows before columns, levels as in tileInfo")

  /// What a service without tiles says.
  static func noTiles(_ service: ImageService) -> ArcGISError {
    var error = ArcGISError.notSupported("\(service.path) has no tiles: it is drawn anew at each request")
    error.status = 404
    return error
  }
}
