/// A place, x before y (longitude before latitude) in every spatial reference.
public struct Point: Hashable, Sendable {
  /// Easting or longitude.
  public var x: Double
  /// Northing or latitude.
  public var y: Double

  /// A point from its two ordinates.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
