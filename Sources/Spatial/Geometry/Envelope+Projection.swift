extension Envelope {
  /// The envelope, in another spatial reference, of what this one covers.
  ///
  /// Corners, edges and the interior are looked at, so that a curved edge, a pole inside and a crossing of the antimeridian
  /// (which gives all longitudes) are covered. Points without a place in the target are left out.
  /// - Parameters:
  ///   - source: the reference of this envelope.
  ///   - target: the reference of the result.
  ///   - datum: the way between their datums; PROJ's own choice without it.
  /// - Throws: `SpatialError.outsideDomain` if no point has a place in the target, `SpatialError.noTransformation` if there
  ///   is no way between the references.
  public func projected(
    from source: SpatialReference, to target: SpatialReference, by datum: DatumTransformation? = nil
  ) throws(SpatialError) -> Envelope {
    let transformation = try Transformation.between(source, target, by: datum)
    guard !transformation.isIdentity else { return self }
    guard isFinite else { throw .outsideDomain }
    let box = source.isGeographic ? withoutEndlessPoles(transformation, target) : self

    let lattice = ProjectedLattice(box, transformation)
    guard var result = lattice.bounds else { throw .outsideDomain }
    if target.isGeographic {
      result.includePoles(of: box, transformation, halfTurn: target.halfTurn)
      if lattice.jumps(over: target.halfTurn) {
        result.xmin = -target.halfTurn
        result.xmax = target.halfTurn
      }
    }
    return result
  }

  /// Whether an envelope in longitudes reaches farther than half a turn from Greenwich, by more than rounding: what lies
  /// there has another longitude too.
  public func reachesBeyondHalfTurn(in reference: SpatialReference) -> Bool {
    guard reference.isGeographic else { return false }
    let farthest = reference.halfTurn * (1 + 1e-9)
    return xmin < -farthest || xmax > farthest
  }

  /// A geographic envelope cut at 89 degrees of latitude where a projection sends the pole to infinity, or as good as: there
  /// Esri's Web Mercator ends too, at y = 30240971.958.
  func withoutEndlessPoles(_ transformation: Transformation, _ target: SpatialReference) -> Envelope {
    // The longest map of the whole Earth that is one is 40,000 km long.
    let farthest = 1e8 / target.metersPerUnit
    func isEndless(_ latitude: Double) -> Bool {
      guard let place = transformation.transform(Point(x: center.x, y: latitude)) else { return true }
      return max(place.x.magnitude, place.y.magnitude) > farthest
    }
    var box = self
    if ymax > 89, ymin < 89, isEndless(ymax) { box.ymax = 89 }
    if ymin < -89, ymax > -89, isEndless(ymin) { box.ymin = -89 }
    return box
  }

  /// Reaches to a pole, and around the Earth, where the pole lies within `box`.
  private mutating func includePoles(of box: Envelope, _ transformation: Transformation, halfTurn: Double) {
    for latitude in [-halfTurn / 2, halfTurn / 2] {
      guard let pole = transformation.transform(Point(x: center.x, y: latitude), direction: .inverse),
        box.xmin <= pole.x, pole.x <= box.xmax, box.ymin <= pole.y, pole.y <= box.ymax
      else { continue }
      self = Envelope(xmin: -halfTurn, ymin: min(ymin, latitude), xmax: halfTurn, ymax: max(ymax, latitude))
    }
  }
}
