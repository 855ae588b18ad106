import CPROJ

/// The way from one spatial reference to another, point by point, as PROJ knows it.
///
/// Belongs to the thread that asked for it and must not leave it: ask `between(_:_:)` anew in every thread. x is always
/// easting or longitude, y northing or latitude. A point that has no place in the target becomes (NaN, NaN), never infinite.
public final class Transformation {
  /// The way to go.
  public enum Direction: Sendable {
    /// From the source to the target.
    case forward
    /// From the target to the source.
    case inverse
  }

  /// One after the other; none where source and target are the same.
  private let legs: [Leg]
  /// What a datum transformation that was asked for does here; `needless` without one.
  let datumEffect: DatumTransformation.Effect
  /// How far the way back may miss, in units of the source.
  private let reach: Double

  private init(
    from source: SpatialReference, to target: SpatialReference, by datum: DatumTransformation?, in context: PROJContext
  ) throws(SpatialError) {
    reach = 5000 / source.metersPerUnit
    guard !source.isSame(as: target) else {
      legs = []
      datumEffect = .needless
      return
    }
    let impossible = SpatialError.noTransformation(from: source.name, to: target.name)
    guard let from = PROJObject(definition: source.definition, in: context),
      let to = PROJObject(definition: target.definition, in: context)
    else { throw impossible }
    var effect = DatumTransformation.Effect.needless
    if let datum {
      switch try DatumPath.find(datum, from: from, to: to, in: context, impossible: impossible) {
      case .legs(let found):
        legs = found
        datumEffect = .used
        return
      case .needless: break
      case .unrelated: effect = .unrelated
      }
    }
    guard let chosen = Leg(from: from, to: to, in: context) else { throw impossible }
    legs = [chosen]
    datumEffect = effect
  }

  /// The transformation between two references in the calling thread; made once a thread, which takes PROJ 10 to
  /// 40 milliseconds, and kept among the latest 64.
  /// - Parameter datum: the way between datums, where it fits; PROJ's own choice elsewhere.
  /// - Throws: `SpatialError.noTransformation` where PROJ knows none, for example between Earth and Moon.
  public static func between(
    _ source: SpatialReference, _ target: SpatialReference, by datum: DatumTransformation? = nil
  ) throws(SpatialError) -> Transformation {
    let thread = PROJThread.current
    let key = TransformationKey(source: source.definition, target: target.definition, datum: datum)
    if let known = thread.transformations[key] { return known }
    let made = try Transformation(from: source, to: target, by: datum, in: thread.context)
    thread.transformations[key] = made
    return made
  }

  /// Whether points stay where they are: source and target are the same.
  public var isIdentity: Bool { legs.isEmpty }

  /// Transforms points in place.
  /// - Parameters:
  ///   - xs: eastings or longitudes.
  ///   - ys: northings or latitudes, as many as `xs`.
  public func transform(
    xs: inout MutableSpan<Double>, ys: inout MutableSpan<Double>, direction: Direction = .forward
  ) {
    let count = xs.count
    precondition(ys.count == count, "as many y as x")
    guard !legs.isEmpty, count > 0 else { return }
    // Between two legs there may be a third ordinate.
    var zs = [Double](repeating: 0, count: legs.count > 1 ? count : 0)
    // No date: motions of the ground are left out.
    var date = Double.infinity
    let stride = MemoryLayout<Double>.stride
    xs.withUnsafeMutableBufferPointer { xs in
      ys.withUnsafeMutableBufferPointer { ys in
        zs.withUnsafeMutableBufferPointer { zs in
          for leg in direction == .forward ? legs : legs.reversed() {
            _ = proj_trans_generic(
              leg.handle, (direction == .forward) == leg.isForward ? PJ_FWD : PJ_INV, xs.baseAddress, stride, count,
              ys.baseAddress, stride, count, zs.isEmpty ? nil : zs.baseAddress, stride, zs.count, &date, stride, 1)
            date = .infinity
          }
        }
      }
    }
    for index in 0..<count where !(xs[index].isFinite && ys[index].isFinite) {
      xs[index] = .nan
      ys[index] = .nan
    }
  }

  /// Transforms points in place; `xs` and `ys` are equally long.
  public func transform(xs: inout [Double], ys: inout [Double], direction: Direction = .forward) {
    var xs = xs.mutableSpan
    var ys = ys.mutableSpan
    transform(xs: &xs, ys: &ys, direction: direction)
  }

  /// Transforms points in place; those from which the way back doesn't lead to where they were become NaN.
  ///
  /// Projections repeat themselves beyond their bounds (Web Mercator beyond 180 degrees), or answer for places that are not
  /// on their map at all: a point there has no place. Five kilometres don't count, because PROJ may choose another datum
  /// shift for the way back, and the largest shifts are near one kilometre.
  func transformFaithfully(xs: inout [Double], ys: inout [Double]) {
    let wantedX = xs
    let wantedY = ys
    transform(xs: &xs, ys: &ys)
    var backX = xs
    var backY = ys
    transform(xs: &backX, ys: &backY, direction: .inverse)
    for index in xs.indices {
      // Written so that NaN doesn't return.
      let returns =
        (backX[index] - wantedX[index]).magnitude <= reach && (backY[index] - wantedY[index]).magnitude <= reach
      if !returns {
        xs[index] = .nan
        ys[index] = .nan
      }
    }
  }

  /// Where a point comes to lie; `nil` where it has no place.
  public func transform(_ point: Point, direction: Direction = .forward) -> Point? {
    var xs = [point.x]
    var ys = [point.y]
    transform(xs: &xs, ys: &ys, direction: direction)
    return xs[0].isNaN ? nil : Point(x: xs[0], y: ys[0])
  }
}

@available(*, unavailable)
extension Transformation: Sendable {}
