/// Where the pixels of a target grid lie in a source raster.
///
/// Made once a picture, then asked row by row, from as many threads as there are. Source coordinates are continuous pixels:
/// 0 is the outer western or northern edge, the centre of the first pixel is 0.5. They are exact for grids of the same
/// reference and where columns and rows can be told apart; elsewhere they are within 0.001 source pixel of what PROJ says
/// (under a target more than 16 times as coarse as the source, within 1/16,000 target pixel). Both are NaN where a target
/// pixel has no place in the source reference, and may be NaN where it lies far outside of the source raster. A target that
/// reaches beyond 180 degrees has nothing there; a source that does is found from both sides of the antimeridian, but from a
/// target in the same reference.
public struct GridTransformer: Sendable {
  /// The three ways in which pixels are mapped.
  public enum Mapping: Sendable {
    /// The same spatial reference: an offset and a scale.
    case affine(AffineMapping)
    /// A table of the columns and one of the rows.
    case separable(SeparableMapping)
    /// Everything else.
    case general(CellMapping)
  }

  /// How pixels are mapped, for readers that have a shorter way for the simple kinds.
  public let mapping: Mapping
  /// Source pixels a target pixel, counted along the source's columns (x) and rows (y): the median over what target and
  /// source have in common, or over the target where that is nothing. NaN where no pixel of the target has a place in the source
  /// reference.
  public let scale: (x: Double, y: Double)
  private let target: PixelGrid
  private let source: PixelGrid
  private let datum: DatumTransformation?
  private var width: Int { target.width }
  private var height: Int { target.height }

  /// The mapping of each pixel of `target` into `source`.
  /// - Parameter datum: the way between their datums; PROJ's own choice without it.
  /// - Throws: `SpatialError.noTransformation` where there is no way between their references.
  public init(
    from target: PixelGrid, to source: PixelGrid, by datum: DatumTransformation? = nil
  ) throws(SpatialError) {
    self.target = target
    self.source = source
    self.datum = datum
    if target.spatialReference.isSame(as: source.spatialReference) {
      let affine = AffineMapping(from: target, to: source)
      mapping = .affine(affine)
      scale = (affine.scaleX, affine.scaleY)
      return
    }
    let exact = try ExactMapping(from: target, to: source, by: datum)
    scale = exact.scale()
    if let separable = SeparableMapping(exact) {
      mapping = .separable(separable)
    } else {
      mapping = .general(CellMapper.mapping(exact, scale: min(scale.x, scale.y)))
    }
  }

  /// The scale alone, for a target that is drawn in parts.
  /// - Throws: `SpatialError.noTransformation` where there is no way between the references.
  public static func scale(
    from target: PixelGrid, to source: PixelGrid, by datum: DatumTransformation? = nil
  ) throws(SpatialError) -> (x: Double, y: Double) {
    guard !target.spatialReference.isSame(as: source.spatialReference) else {
      let affine = AffineMapping(from: target, to: source)
      return (affine.scaleX, affine.scaleY)
    }
    return try ExactMapping(from: target, to: source, by: datum).scale()
  }

  /// Writes the source coordinates of pixels of one target row.
  /// - Parameters:
  ///   - row: the target row, from the north.
  ///   - columns: the target columns, within the target.
  ///   - xs: takes a source column for each of `columns`; at least as long.
  ///   - ys: takes a source row for each of `columns`; at least as long.
  public func row(
    _ row: Int, columns: Range<Int>, xs: inout MutableSpan<Double>, ys: inout MutableSpan<Double>
  ) {
    precondition(
      row >= 0 && row < height && columns.lowerBound >= 0 && columns.upperBound <= width, "outside the target")
    precondition(xs.count >= columns.count && ys.count >= columns.count, "room for every column")
    switch mapping {
    case .affine(let affine):
      let y = affine.y(row)
      for place in 0..<columns.count {
        xs[place] = affine.x(columns.lowerBound + place)
        ys[place] = y
      }
    case .separable(let separable):
      let y = separable.ys[row]
      for place in 0..<columns.count {
        let x = separable.xs[columns.lowerBound + place]
        xs[place] = y.isNaN ? .nan : x
        ys[place] = x.isNaN ? .nan : y
      }
    case .general(let cells):
      cells.row(row, columns: columns, xs: &xs, ys: &ys)
    }
  }

  /// How far a place that `row` tells may be off, in source pixels: 0 but for a general mapping.
  public var tolerance: Double {
    guard case .general = mapping else { return 0 }
    return CellMapper.bound(scale: min(scale.x, scale.y))
  }

  /// The source coordinates of single target pixels as PROJ says them, for those whose approximate place is too close to
  /// an edge to tell on which side they are. Both are NaN where a pixel has no place.
  public func exactly(columns: [Int], rows: [Int]) -> (xs: [Double], ys: [Double]) {
    var xs = columns.map { Double($0) + 0.5 }
    var ys = rows.map { Double($0) + 0.5 }
    guard let exact = try? ExactMapping(from: target, to: source, by: datum) else {
      return ([Double](repeating: .nan, count: xs.count), [Double](repeating: .nan, count: ys.count))
    }
    exact.map(columns: &xs, rows: &ys)
    return (xs, ys)
  }

  /// The part of the source on which the pixel centres of some target rows lie; `nil` where none of them has a place in the
  /// source. It may be a little larger than needed, and reach beyond the raster.
  public func sourceWindow(rows: Range<Int>) -> SourceWindow? {
    guard !rows.isEmpty else { return nil }
    switch mapping {
    case .affine(let affine):
      let (west, east) = (affine.x(0), affine.x(width - 1))
      let (north, south) = (affine.y(rows.lowerBound), affine.y(rows.upperBound - 1))
      guard west <= east, north <= south else { return nil }
      return SourceWindow(columns: west...east, rows: north...south)
    case .separable(let separable):
      guard let columns = Self.bounds(separable.xs[...]), let rows = Self.bounds(separable.ys[rows]) else { return nil }
      return SourceWindow(columns: columns, rows: rows)
    case .general(let cells):
      return cells.window(rows: rows)
    }
  }

  /// The smallest and the largest of some numbers, those that are NaN left out.
  private static func bounds(_ values: ArraySlice<Double>) -> ClosedRange<Double>? {
    let valid = values.lazy.filter { !$0.isNaN }
    guard let lowest = valid.min(), let highest = valid.max() else { return nil }
    return lowest...highest
  }
}
