/// A mapping in which the source column depends on the target column alone and the source row on the target row alone, as
/// between geographic coordinates and every Mercator on the same datum.
public struct SeparableMapping: Hashable, Sendable {
  /// The source column of the centre of each target column; NaN where it has none.
  public var xs: [Double]
  /// The source row of the centre of each target row; NaN where it has none.
  public var ys: [Double]
}
