import JSONValue
import Spatial
import Tiles
import VectorTiles

/// Tiles that are in a package, given as they are.
struct KeptVectorTiles: VectorTileSource {
  let scheme: TilingScheme
  let levels: ClosedRange<Int>
  let extent: Envelope
  let geographicExtent: Envelope
  let layers: [VectorLayer]
  private let cache: any TileCacheReader
  private let package: TilePackageReader?

  init(_ cache: any TileCacheReader) {
    self.cache = cache
    package = cache as? TilePackageReader
    let description = cache.description
    scheme = description.scheme
    levels = description.minLOD...max(description.minLOD, description.maxLOD)
    extent = description.fullExtent
    geographicExtent = description.geographicExtent
    layers = Self.layers(of: cache, levels: levels)
  }

  /// What `metadata.json` of a package, or `json` of MBTiles, says of the layers.
  private static func layers(of cache: any TileCacheReader, levels: ClosedRange<Int>) -> [VectorLayer] {
    let bytes: [UInt8]? =
      if let file = cache as? MBTilesReader {
        file.metadata["json"].map { Array($0.utf8) }
      } else {
        ((try? (cache as? TilePackageReader)?.resource("p12/metadata.json")) ?? nil)
      }
    let json = bytes.flatMap { try? JSON(parsing: $0) }
    return (json?["vector_layers"]?.array ?? []).compactMap { layer in
      guard let name = layer["id"]?.string else { return nil }
      let first = min(max(layer["minzoom"]?.integer ?? 0, 0), 30)
      let kind = json?["tilestats"]?["layers"]?.array?.first { $0["layer"]?.string == name }?["geometry"]?.string
      return VectorLayer(
        name: name, levels: first...min(30, max(first, layer["maxzoom"]?.integer ?? levels.upperBound)),
        fields: (layer["fields"]?.object ?? [:]).map { ($0.name, $0.value.string ?? "String") },
        hasAreas: kind == "Polygon", hasLines: kind == "LineString", hasPoints: kind == "Point")
    }
  }

  func tile(_ address: TileAddress) throws -> [UInt8]? {
    guard let tile = try cache.tile(address) else { return nil }
    // Some writers of MBTiles leave tiles as they are.
    return tile.starts(with: [0x1F, 0x8B]) ? tile : Gzip.compressed(tile)
  }

  func exists(_ address: TileAddress) throws -> Bool { try cache.hasTile(address) }

  /// The package's own index, else one of the tiles that there are.
  func index(isCancelled: () -> Bool) throws -> JSON {
    if let own = try package?.resource("p12/tilemap/root.json"), let json = try? JSON(parsing: own),
      json["index"] != nil
    {
      return json
    }
    guard let deepest = deepestIndexed else { return ["index": 1] }
    return ["index": try node(TileAddress(level: 0, row: 0, column: 0), to: deepest, isCancelled)]
  }

  private func node(_ address: TileAddress, to deepest: Int, _ isCancelled: () -> Bool) throws -> JSON {
    if isCancelled() { throw CancellationError() }
    guard coverage.range(of: address.level).contains(address) else { return 0 }
    let hasTile = try exists(address)
    guard address.level < deepest else { return hasTile ? 1 : 0 }
    let children = try (0..<4).map {
      try node(
        TileAddress(level: address.level + 1, row: 2 * address.row + $0 / 2, column: 2 * address.column + $0 % 2),
        to: deepest, isCancelled)
    }
    if children.allSatisfy({ $0 == 0 }) { return hasTile ? 1 : 0 }
    return .array(children)
  }

  func resource(_ path: String) throws -> [UInt8]? { try package?.resource("p12/\(path)") }
}
