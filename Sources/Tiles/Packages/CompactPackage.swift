import JSONValue
import Spatial

/// What a `.tpkx` holds beside its tiles (tile packages, 7).
struct CompactPackage {
  /// The folder of levels.
  static let tileFolder = "tile"

  let description: TileCacheDescription

  /// `root.json`: the service.
  var root: JSON {
    let scheme = description.scheme
    let reference = scheme.spatialReference.cacheJSON
    let extent = description.fullExtent.cacheJSON(in: scheme.spatialReference)
    // Readers find a level between minLOD and maxLOD by its rank.
    let levels = scheme.gaplessLevels(from: scheme.levels.first?.level ?? 0, through: .max)
    return [
      "tileImageInfo": [
        "format": .string(description.format.rawValue), "compressionQuality": .int(description.compressionQuality),
        "bandCount": .int(description.bandCount), "lercError": .double(description.lercError),
      ],
      "name": .string(description.name), "version": 1.0, "serviceDescription": .string(description.summary),
      "tileBundlesPath": "./tile", "spatialReference": reference,
      "units": .string(scheme.spatialReference.cacheUnits), "minLOD": .int(description.minLOD),
      "maxLOD": .int(description.maxLOD), "minScale": .double(description.minScale),
      "maxScale": .double(description.maxScale), "resampling": true, "tileInfo": scheme.tileInfo(levels: levels),
      "exportTilesAllowed": false,
      "storageInfo": [
        "storageFormat": .string(TileStorage.compactV2.rawValue), "packetSize": .int(TileStorage.packetSize),
      ],
      "layers": [], "initialExtent": extent, "fullExtent": extent,
    ]
  }

  /// `iteminfo.json`: the package as an item of a portal.
  var itemInfo: JSON {
    let summary = JSON.string(description.summary)
    var item: JSONObject = [
      "creator": "ExportMapServerCache", "name": .string(description.name), "guid": .string(description.guid),
      "version": 1.0, "created": .int(description.created), "snippet": summary, "description": summary,
      "summary": summary, "title": .string(description.name),
      "tags": .string(description.tags.joined(separator: ",")), "type": "Compact Tile Package",
      "typeKeywords": ["Compact Tile Package", "Tile Package", "tpkx"],
      "thumbnail": description.thumbnail.isEmpty ? "" : "./thumbnail.png",
    ]
    if !description.copyrightText.isEmpty { item["accessInformation"] = .string(description.copyrightText) }
    item["extent"] = description.geographicExtent.cacheJSON(in: .wgs84)
    return .object(item)
  }

  /// Writes all but the tiles.
  func write(to output: any CacheOutput) throws(TileCacheError) {
    try output.add("iteminfo.json", itemInfo.serialized())
    try output.add("root.json", root.serialized())
    if !description.thumbnail.isEmpty { try output.add("thumbnail.png", description.thumbnail) }
  }
}

extension TilingScheme {
  /// `tileInfo` without a format, as `root.json` of a `.tpkx` has it.
  func tileInfo(levels: [LevelOfDetail]) -> JSON {
    [
      "rows": .int(tileHeight), "cols": .int(tileWidth), "dpi": .int(dpi),
      "origin": ["x": .double(origin.x), "y": .double(origin.y)], "spatialReference": spatialReference.cacheJSON,
      "lods": .array(
        levels.map { level in
          ["level": .int(level.level), "resolution": .double(level.resolution), "scale": .double(level.scale)]
        }),
    ]
  }
}
