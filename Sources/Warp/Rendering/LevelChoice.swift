import Datasets

/// Which level of a raster a picture is made from.
enum LevelChoice {
  /// How much coarser than the picture a level may be and still count as not coarser: sizes of overviews are rounded, and
  /// the scale of a reprojected picture is a figure for the whole of it.
  private static let tolerance = 1.01

  /// The coarsest level that is not coarser than the picture, so that the kernel never has to invent pixels that the
  /// raster has; the base when enlarging.
  /// - Parameters:
  ///   - levels: the base first.
  ///   - scale: pixels of the base for one of the picture; NaN stands for any.
  static func index(of levels: [RasterInfo.Level], scale: (x: Double, y: Double)) -> Int {
    guard let base = levels.first else { return 0 }
    var best = 0
    for (index, level) in levels.enumerated() where level.width > 0 && level.height > 0 {
      let isFineEnough =
        Double(base.width) / Double(level.width) <= scale.x * tolerance
        && Double(base.height) / Double(level.height) <= scale.y * tolerance
      if isFineEnough, level.width <= levels[best].width { best = index }
    }
    return best
  }
}
