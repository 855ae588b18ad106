import Spatial

extension TilingScheme {
  /// ArcGIS Online's scheme for pictures: Web Mercator, tiles of 256 pixels, 24 levels, in the figures that ArcGIS writes
  /// (tile packages, 11).
  public static let webMercator = TilingScheme(
    spatialReference: .webMercator, origin: webMercatorOrigin, levels: webMercatorLevels)

  /// ArcGIS Online's scheme for vector tiles: Web Mercator, tiles of 512 pixels, 23 levels. The cells of a level are
  /// those of the same level of `webMercator`; resolution and scale are half (tile packages, 11).
  public static let webMercatorVector = TilingScheme(
    spatialReference: .webMercator, origin: webMercatorOrigin, tileWidth: 512, tileHeight: 512,
    levels: (0...22).map { level in
      let half = Double(1 << level)
      return LevelOfDetail(
        level: level, resolution: 78271.516963999995 / half, scale: 295_828_763.7957775 / half)
    })

  private static let webMercatorOrigin = Point(x: -20037508.342787001, y: 20037508.342787001)

  private static let webMercatorLevels: [LevelOfDetail] = [
    (156543.033928, 591657527.591555), (78271.51696399989, 295828763.79577702),
    (39135.7584820001, 147914381.89788899), (19567.8792409999, 73957190.948944002),
    (9783.939620499959, 36978595.474472001), (4891.96981024998, 18489297.737236001),
    (2445.98490512499, 9244648.868618), (1222.99245256249, 4622324.434309), (611.49622628138, 2311162.217155),
    (305.748113140558, 1155581.108577), (152.874056570411, 577790.554289), (76.4370282850732, 288895.277144),
    (38.2185141425366, 144447.638572), (19.1092570712683, 72223.819286), (9.55462853563415, 36111.909643),
    (4.77731426794937, 18055.954822), (2.38865713397468, 9027.977411), (1.19432856685505, 4513.988705),
    (0.597164283559817, 2256.994353), (0.298582141647617, 1128.497176), (0.149291070823808325, 564.248588),
    (0.074645535411904163, 282.124294), (0.037322767705952081, 141.062147), (0.018661383852976041, 70.5310735),
  ].enumerated().map { LevelOfDetail(level: $0, resolution: $1.0, scale: $1.1) }
}
