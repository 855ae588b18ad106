/// A rectangle of target pixels within which the source coordinates are told in one way.
struct GridCell: Sendable {
  /// The target columns.
  var columns: Range<Int>
  /// The target rows.
  var rows: Range<Int>
  var content: Content
  /// The source pixels that the cell needs; `nil` where there are none.
  var window: SourceWindow?

  enum Content {
    /// No pixel has a place in the source reference, or all lie far outside of the raster.
    case empty
    /// Two polynomials of 25 coefficients each, x before y, beginning at this index of the coefficients.
    case polynomials(Int)
    /// Row by row the exact coordinates, all x before all y, beginning at this index of the coefficients.
    case exact(Int)
  }
}
