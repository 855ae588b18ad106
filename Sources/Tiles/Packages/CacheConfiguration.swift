/// The files that describe a cache beside its tiles: `conf.xml`, `conf.cdi`, `conf.properties` (tile packages, 6).
struct CacheConfiguration {
  let description: TileCacheDescription
  let storage: TileStorage

  /// `conf.xml`: the scheme, the tiles' format, how they are stored.
  var confXML: String {
    let scheme = description.scheme
    var tiles = scheme.spatialReference.cacheXML
    tiles += XMLText.element(
      "TileOrigin", type: "PointN", XMLText.element("X", scheme.origin.x) + XMLText.element("Y", scheme.origin.y))
    tiles += XMLText.element("TileCols", scheme.tileWidth) + XMLText.element("TileRows", scheme.tileHeight)
    tiles += XMLText.element("DPI", scheme.dpi) + XMLText.element("PreciseDPI", scheme.dpi)
    // Readers take the rank of a level for the number of its folder.
    let levels = scheme.gaplessLevels(from: 0, through: description.maxLOD).map { level in
      XMLText.element(
        "LODInfo", type: "LODInfo",
        XMLText.element("LevelID", level.level) + XMLText.element("Scale", level.scale)
          + XMLText.element("Resolution", level.resolution))
    }
    tiles += XMLText.element("LODInfos", type: "ArrayOfLODInfo", levels.joined())
    var image = XMLText.element("CacheTileFormat", description.format.rawValue)
    image += XMLText.element("CompressionQuality", description.compressionQuality)
    image += XMLText.element("Antialiasing", "false") + XMLText.element("BandCount", description.bandCount)
    image += XMLText.element("LERCError", description.lercError)
    let stored =
      XMLText.element("StorageFormat", storage.rawValue) + XMLText.element("PacketSize", TileStorage.packetSize)
    return XMLText.document(
      "CacheInfo",
      XMLText.element("TileCacheInfo", type: "TileCacheInfo", tiles)
        + XMLText.element("TileImageInfo", type: "TileImageInfo", image)
        + XMLText.element("CacheStorageInfo", type: "CacheStorageInfo", stored))
  }

  /// `conf.cdi`: the extent of the data.
  var confCDI: String {
    let extent = description.fullExtent
    return XMLText.document(
      "EnvelopeN",
      XMLText.element("XMin", extent.xmin) + XMLText.element("YMin", extent.ymin)
        + XMLText.element("XMax", extent.xmax) + XMLText.element("YMax", extent.ymax)
        + description.scheme.spatialReference.cacheXML)
  }

  /// `conf.properties`: that the tiles show a map.
  static let confProperties = XMLText.document(
    "PropertySet",
    XMLText.element(
      "PropertyArray", type: "ArrayOfPropertySetProperty",
      XMLText.element(
        "PropertySetProperty", type: "PropertySetProperty",
        XMLText.element("Key", "CacheTileContentType") + "<Value xsi:type='xs:string'>Map</Value>")))
}
