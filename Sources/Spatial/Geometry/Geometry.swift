/// A geometry on the plane of a spatial reference that its owner knows, as the REST API has them (4.9).
public enum Geometry: Hashable, Sendable {
  /// One place.
  case point(Point)
  /// Places, at least one.
  case multipoint([Point])
  /// Lines, each of two points or more.
  case polyline([[Point]])
  /// Closed rings, the first point of each again at its end. What lies within an odd number of them is inside, whatever
  /// their directions.
  case polygon([[Point]])
  /// A rectangle along the axes, which may be a line or a point.
  case envelope(Envelope)

  /// How many points define it; the two corners of an envelope count as five, as those of its outline.
  public var vertexCount: Int {
    switch self {
    case .point: 1
    case .multipoint(let points): points.count
    case .polyline(let paths), .polygon(let paths): paths.reduce(0) { $0 + $1.count }
    case .envelope: 5
    }
  }

  /// The smallest envelope around it.
  public var envelope: Envelope {
    switch self {
    case .point(let point): Envelope(around: [point])
    case .multipoint(let points): Envelope(around: points)
    case .polyline(let paths), .polygon(let paths): Envelope(around: paths.joined())
    case .envelope(let envelope): envelope
    }
  }
}

extension Envelope {
  /// The smallest envelope around points, of which there is at least one.
  public init(around points: some Sequence<Point>) {
    self = points.reduce(Envelope(xmin: .infinity, ymin: .infinity, xmax: -.infinity, ymax: -.infinity)) {
      Envelope(xmin: min($0.xmin, $1.x), ymin: min($0.ymin, $1.y), xmax: max($0.xmax, $1.x), ymax: max($0.ymax, $1.y))
    }
  }

  /// The outline: a closed ring, clockwise from the south-western corner, as Esri's outer rings run.
  public var ring: [Point] {
    [
      Point(x: xmin, y: ymin), Point(x: xmin, y: ymax), Point(x: xmax, y: ymax), Point(x: xmax, y: ymin),
      Point(x: xmin, y: ymin),
    ]
  }
}
