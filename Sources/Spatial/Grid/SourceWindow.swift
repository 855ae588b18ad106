/// A part of a source raster, in pixels; whole numbers are the edges of pixels, and it may reach beyond the raster.
public struct SourceWindow: Hashable, Sendable {
  /// From the western to the eastern edge.
  public var columns: ClosedRange<Double>
  /// From the northern to the southern edge.
  public var rows: ClosedRange<Double>

  /// A window from its edges.
  public init(columns: ClosedRange<Double>, rows: ClosedRange<Double>) {
    self.columns = columns
    self.rows = rows
  }

  /// The smallest window around both.
  func union(_ other: SourceWindow) -> SourceWindow {
    SourceWindow(
      columns: min(columns.lowerBound, other.columns.lowerBound)...max(columns.upperBound, other.columns.upperBound),
      rows: min(rows.lowerBound, other.rows.lowerBound)...max(rows.upperBound, other.rows.upperBound))
  }
}
