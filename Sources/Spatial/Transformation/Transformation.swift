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

  private let context: PROJContext
  /// `nil` where source and target are the same.
  private let pipeline: OpaquePointer?
  /// How far the way back may miss, in units of the source.
  private let reach: Double

  private init(from source: SpatialReference, to target: SpatialReference, in context: PROJContext) throws(SpatialError)
  {
    self.context = context
    reach = 5000 / source.metersPerUnit
    guard !source.isSame(as: target) else {
      pipeline = nil
      return
    }
    let impossible = SpatialError.noTransformation(from: source.name, to: target.name)
    guard let from = PROJObject(definition: source.definition, in: context),
      let to = PROJObject(definition: target.definition, in: context),
      let asDefined = proj_create_crs_to_crs_from_pj(context.handle, from.handle, to.handle, nil, nil)
    else { throw impossible }
    defer { proj_destroy(asDefined) }
    guard let normalized = proj_normalize_for_visualization(context.handle, asDefined) else { throw impossible }
    pipeline = normalized
  }

  deinit {
    if let pipeline { proj_destroy(pipeline) }
  }

  /// The transformation between two references in the calling thread; made once a thread, which takes PROJ 10 to
  /// 40 milliseconds, and kept among the latest 64.
  /// - Throws: `SpatialError.noTransformation` where PROJ knows none, for example between Earth and Moon.
  public static func between(
    _ source: SpatialReference, _ target: SpatialReference
  ) throws(SpatialError) -> Transformation {
    let thread = PROJThread.current
    let key = TransformationKey(source: source.definition, target: target.definition)
    if let known = thread.transformations[key] { return known }
    let made = try Transformation(from: source, to: target, in: thread.context)
    thread.transformations[key] = made
    return made
  }

  /// Whether points stay where they are: source and target are the same.
  public var isIdentity: Bool { pipeline == nil }

  /// Transforms points in place.
  /// - Parameters:
  ///   - xs: eastings or longitudes.
  ///   - ys: northings or latitudes, as many as `xs`.
  public func transform(
    xs: inout MutableSpan<Double>, ys: inout MutableSpan<Double>, direction: Direction = .forward
  ) {
    let count = xs.count
    precondition(ys.count == count, "as many y as x")
    guard let pipeline, count > 0 else { return }
    let stride = MemoryLayout<Double>.stride
    xs.withUnsafeMutableBufferPointer { xs in
      ys.withUnsafeMutableBufferPointer { ys in
        _ = proj_trans_generic(
          pipeline, direction == .forward ? PJ_FWD : PJ_INV, xs.baseAddress, stride, count, ys.baseAddress, stride,
          count, nil, 0, 0, nil, 0, 0)
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
