extension Geometry {
  /// The geometry in another spatial reference. Straight edges that become curves there get vertices in between.
  /// - Parameters:
  ///   - source: the reference of this geometry.
  ///   - target: the reference of the result.
  ///   - pieces: into how many pieces all edges together are cut before they are looked at, besides one an edge.
  ///   - tolerance: how far an edge of the result may lie from the true curve, as far as that many pieces can tell, in
  ///     units of the target; `nil` takes a ten-thousandth of the result's longer side.
  /// - Returns: `nil` when a part has no place in the target, or lies on both sides of a seam there: what is one piece
  ///   here would be torn.
  /// - Throws: `SpatialError.noTransformation` if there is no way between the references.
  public func projected(
    from source: SpatialReference, to target: SpatialReference, pieces: Int = 2048, tolerance: Double? = nil
  ) throws(SpatialError) -> Geometry? {
    let transformation = try Transformation.between(source, target)
    guard !transformation.isIdentity else { return self }
    func lines(_ paths: [[Point]]) -> [[Point]]? {
      EdgeProjection(
        transformation, pole: source.isGeographic ? source.halfTurn / 2 : nil, pieces: pieces, tolerance: tolerance
      ).project(paths)
    }
    switch self {
    case .point(let point):
      return Self.places([point], transformation).map { .point($0[0]) }
    case .multipoint(let points):
      return Self.places(points, transformation).map { .multipoint($0) }
    case .polyline(let paths):
      return lines(paths).map { .polyline($0) }
    case .polygon(let rings):
      return lines(rings).map { .polygon($0) }
    case .envelope(let envelope) where envelope.width == 0 && envelope.height == 0:
      return Self.places([envelope.center], transformation).map { .point($0[0]) }
    case .envelope(let envelope) where envelope.width == 0 || envelope.height == 0:
      return lines([[envelope.ring[0], envelope.ring[2]]]).map { .polyline($0) }
    case .envelope(let envelope):
      let box = source.isGeographic ? envelope.withoutEndlessPoles(transformation, target) : envelope
      return lines([box.ring]).map { .polygon($0) }
    }
  }

  /// Where points come to lie; `nil` when one has no place.
  private static func places(_ points: [Point], _ transformation: Transformation) -> [Point]? {
    var xs = points.map(\.x)
    var ys = points.map(\.y)
    transformation.transformFaithfully(xs: &xs, ys: &ys)
    return xs.contains(where: \.isNaN) ? nil : zip(xs, ys).map { Point(x: $0, y: $1) }
  }
}
