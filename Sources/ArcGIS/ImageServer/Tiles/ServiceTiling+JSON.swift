import JSONValue
import Spatial
import Tiles
import Worlds

extension ServiceTiling {
  /// `tileInfo` of the service root, in the documented order (REST API 1.22).
  func tileInfo(for version: ServerVersion) -> JSON {
    var members = scheme.jsonMembers(format: format, for: version)
    members["compressionQuality"] = .int(format.isLerc ? 0 : compressionQuality)
    if format.isLerc { members["lercError"] = .double(lercError) }
    if service.isTilesOnly {
      members["preciseDpi"] = .int(scheme.dpi)
      members["storageFormat"] = .string(TileStorage.compactV2.rawValue)
      members["packetSize"] = .int(TileStorage.packetSize)
      members["antialiasing"] = false
    }
    return .object(members)
  }
}

extension TilingScheme {
  /// `tileInfo` without what only some kinds of tiles have.
  func jsonMembers(format: TileFormat, for version: ServerVersion) -> JSONObject {
    [
      "rows": .int(tileHeight), "cols": .int(tileWidth), "dpi": .int(dpi), "format": .string(format.rawValue),
      "origin": ["x": .double(origin.x), "y": .double(origin.y)],
      "spatialReference": spatialReference.json(for: version),
      "lods": .array(
        levels.map {
          ["level": .int($0.level), "resolution": .double($0.resolution), "scale": .double($0.scale)]
        }),
    ]
  }
}
