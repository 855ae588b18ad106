import Datasets
import Spatial

/// Where target pixels lie in one level of a raster: 0 is the level's outer western or northern edge.
struct PixelMapping: Sendable {
  private let transformer: GridTransformer
  private let factorX: Double
  private let factorY: Double
  /// A coordinate for each target column and each target row, where they can be told apart and none is less than the
  /// one before; NaN only at the ends.
  let tables: Tables?

  /// The coordinates of all target columns and of all target rows.
  struct Tables: Sendable {
    var xs: [Double]
    var ys: [Double]
  }

  /// The mapping from `grid`, which `transformer` maps into the base, to a level that has the given shares of the base's
  /// columns and rows.
  init(_ transformer: GridTransformer, grid: TargetGrid, factorX: Double, factorY: Double) {
    self.transformer = transformer
    self.factorX = factorX
    self.factorY = factorY
    let tables: Tables? =
      switch transformer.mapping {
      case .affine(let affine):
        Tables(
          xs: (0..<grid.width).map { affine.x($0) * factorX }, ys: (0..<grid.height).map { affine.y($0) * factorY })
      case .separable(let separable):
        Tables(xs: separable.xs.map { $0 * factorX }, ys: separable.ys.map { $0 * factorY })
      case .general: nil
      }
    // A picture over the antimeridian of a raster comes back to its western edge.
    self.tables = tables.flatMap { Self.rises($0.xs) && Self.rises($0.ys) ? $0 : nil }
  }

  /// Whether no coordinate is less than the one before, and NaN stands only at the ends.
  private static func rises(_ coordinates: [Double]) -> Bool {
    guard let first = coordinates.firstIndex(where: { !$0.isNaN }),
      let last = coordinates.lastIndex(where: { !$0.isNaN })
    else { return true }
    // Written so that NaN doesn't rise.
    return (first..<last).allSatisfy { coordinates[$0] <= coordinates[$0 + 1] }
  }

  /// The coordinates of a rectangle of target pixels, row by row; NaN where a pixel has no place.
  /// - Parameter sharp: whether places that are too close to an edge between two pixels to tell on which side of it they
  ///   are, are looked up exactly, so that the pixel that a centre falls into is never guessed.
  func coordinates(columns: Range<Int>, rows: Range<Int>, sharp: Bool = false) -> (xs: [Double], ys: [Double]) {
    let count = columns.count
    let total = count * rows.count
    var xs = [Double](repeating: 0, count: total)
    var ys = xs
    xs.withUnsafeMutableBufferPointer { xs in
      ys.withUnsafeMutableBufferPointer { ys in
        for row in rows {
          let start = (row - rows.lowerBound) * count
          var rowXs = UnsafeMutableBufferPointer(rebasing: xs[start..<start + count]).mutableSpan
          var rowYs = UnsafeMutableBufferPointer(rebasing: ys[start..<start + count]).mutableSpan
          transformer.row(row, columns: columns, xs: &rowXs, ys: &rowYs)
        }
      }
    }
    if factorX != 1 { for index in 0..<total { xs[index] *= factorX } }
    if factorY != 1 { for index in 0..<total { ys[index] *= factorY } }
    if sharp { sharpen(&xs, &ys, columns: columns, rows: rows) }
    return (xs, ys)
  }

  private func sharpen(_ xs: inout [Double], _ ys: inout [Double], columns: Range<Int>, rows: Range<Int>) {
    let (slackX, slackY) = (transformer.tolerance * factorX, transformer.tolerance * factorY)
    let blurred = xs.indices.filter { index in
      (xs[index] - xs[index].rounded()).magnitude <= slackX || (ys[index] - ys[index].rounded()).magnitude <= slackY
    }
    guard !blurred.isEmpty else { return }
    let exact = transformer.exactly(
      columns: blurred.map { columns.lowerBound + $0 % columns.count },
      rows: blurred.map { rows.lowerBound + $0 / columns.count })
    for (place, index) in blurred.enumerated() {
      xs[index] = exact.xs[place] * factorX
      ys[index] = exact.ys[place] * factorY
    }
  }
}
