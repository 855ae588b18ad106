import Datasets

/// Which blocks of a raster are measured: all of them for a small raster, else the coarsest overview that still tells
/// enough, else blocks spread evenly over the base.
struct SamplePlan {
  /// Index into the raster's levels.
  let level: Int
  /// Block columns and rows.
  let blocks: [(column: Int, row: Int)]

  /// Pixels up to which the base is measured exactly, and past which nothing but one block is read.
  static let exactPixels = 4e6
  /// Pixels that an overview needs to stand for its raster.
  static let enoughPixels = 250e3

  init(for info: RasterInfo) {
    level =
      info.levels[0].pixelCount <= Self.exactPixels
      ? 0
      : info.levels.lastIndex { (Self.enoughPixels...Self.exactPixels).contains($0.pixelCount) } ?? 0
    let chosen = info.levels[level]
    let columns = (chosen.width + chosen.blockWidth - 1) / chosen.blockWidth
    let rows = (chosen.height + chosen.blockHeight - 1) / chosen.blockHeight
    if chosen.pixelCount <= Self.exactPixels {
      blocks = (0..<rows).flatMap { row in (0..<columns).map { ($0, row) } }
      return
    }
    let affordable = max(1, Self.exactPixels / (Double(chosen.blockWidth) * Double(chosen.blockHeight)))
    // A lattice of as many columns and rows as can be afforded, in the shape of the raster.
    let share = min(1, (affordable / (Double(columns) * Double(rows))).squareRoot())
    let across = Self.spread(Int((Double(columns) * share).rounded()), over: columns)
    let down = Self.spread(Int(affordable) / across.count, over: rows)
    blocks = down.flatMap { row in across.map { ($0, row) } }
  }

  /// The middles of `count` equal parts of a row of places; at least one.
  private static func spread(_ count: Int, over places: Int) -> [Int] {
    let count = min(max(1, count), places)
    return (0..<count).map { Int((Double($0) + 0.5) * Double(places) / Double(count)) }
  }
}

extension RasterInfo.Level {
  /// Pixels, also of a header that claims more than there can be.
  fileprivate var pixelCount: Double { Double(width) * Double(height) }
}
