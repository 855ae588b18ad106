/// A rectangle along the axes, in the units of a spatial reference that its owner knows.
public struct Envelope: Hashable, Sendable, Codable {
  /// The western edge.
  public var xmin: Double
  /// The southern edge.
  public var ymin: Double
  /// The eastern edge.
  public var xmax: Double
  /// The northern edge.
  public var ymax: Double

  /// An envelope from its four edges.
  public init(xmin: Double, ymin: Double, xmax: Double, ymax: Double) {
    self.xmin = xmin
    self.ymin = ymin
    self.xmax = xmax
    self.ymax = ymax
  }

  /// The extent along x.
  public var width: Double { xmax - xmin }
  /// The extent along y.
  public var height: Double { ymax - ymin }
  /// The point in the middle.
  public var center: Point { Point(x: (xmin + xmax) / 2, y: (ymin + ymax) / 2) }
  /// Whether all four edges are finite numbers.
  public var isFinite: Bool { xmin.isFinite && ymin.isFinite && xmax.isFinite && ymax.isFinite }

  /// Whether two envelopes share more than an edge.
  public func overlaps(_ other: Envelope) -> Bool {
    xmin < other.xmax && other.xmin < xmax && ymin < other.ymax && other.ymin < ymax
  }

  /// Whether two envelopes share a point, be it of their edges; an envelope may be a line or a point.
  public func touches(_ other: Envelope) -> Bool {
    xmin <= other.xmax && other.xmin <= xmax && ymin <= other.ymax && other.ymin <= ymax
  }

  /// Whether `other` lies wholly within this envelope, edges included.
  public func contains(_ other: Envelope) -> Bool {
    xmin <= other.xmin && other.xmax <= xmax && ymin <= other.ymin && other.ymax <= ymax
  }

  /// The common part of two envelopes; `nil` when they share at most an edge.
  public func intersection(_ other: Envelope) -> Envelope? {
    guard overlaps(other) else { return nil }
    return Envelope(
      xmin: max(xmin, other.xmin), ymin: max(ymin, other.ymin), xmax: min(xmax, other.xmax), ymax: min(ymax, other.ymax)
    )
  }

  /// The smallest envelope around both.
  public func union(_ other: Envelope) -> Envelope {
    Envelope(
      xmin: min(xmin, other.xmin), ymin: min(ymin, other.ymin), xmax: max(xmax, other.xmax), ymax: max(ymax, other.ymax)
    )
  }
}
