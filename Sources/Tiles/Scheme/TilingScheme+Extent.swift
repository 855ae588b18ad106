import Spatial

extension TilingScheme {
  /// A scheme for data without one: from the upper left corner of its extent, at the first level one tile for all of it,
  /// then halved until the pixels of the data are reached (REST API 1.25).
  /// - Parameter pixelSize: the smaller side of a pixel, in units of `reference`.
  public static func covering(
    _ extent: Envelope, in reference: SpatialReference, pixelSize: Double, tileSize: Int = 256, dpi: Int = 96
  ) -> TilingScheme {
    var resolution = max(extent.width, extent.height) / Double(tileSize)
    var levels: [LevelOfDetail] = []
    repeat {
      levels.append(
        LevelOfDetail(
          level: levels.count, resolution: resolution,
          scale: scale(ofResolution: resolution, in: reference, dpi: dpi)))
      if resolution <= pixelSize { break }
      resolution /= 2
    } while levels.count < 31
    return TilingScheme(
      spatialReference: reference, origin: Point(x: extent.xmin, y: extent.ymax), tileWidth: tileSize,
      tileHeight: tileSize, dpi: dpi, levels: levels)
  }
}
