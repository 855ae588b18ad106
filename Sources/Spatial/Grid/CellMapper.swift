/// Divides a target into cells: large ones first, each split in four until its polynomial is close enough to the exact way,
/// or until it is seen to lie far outside of the source raster.
struct CellMapper {
  private let exact: ExactMapping
  private var coefficients: [Double] = []

  /// Columns and rows of the cells to begin with, at most.
  private static let largest = 128
  /// Pixels of a cell that is no dearer to tell exactly than to approximate.
  private static let fewest = 64
  /// Columns and rows of a cell that may be called empty for what is seen on its lattice.
  private let largestEmpty: Int
  /// Source pixels by which a polynomial may be off where it is checked. The checks lie where polynomials through even
  /// nodes are worst, and a factor of two is left for what is in between: the aim is a thousandth. A target more than 16
  /// times as coarse as the source need not be as fine: PROJ itself isn't, its iterations end at some micrometres.
  private let tolerance: Double
  /// Source pixels around the raster on which a resampling kernel may still stand.
  private let surroundings: Double

  /// Where a cell is sampled, from -1 to 1: the nodes of the polynomial, then the points at which it is checked.
  private static let samples: [(u: Double, v: Double)] = {
    let nodes = Biquartic.nodes
    let inside = [(0.8, 0.8), (0.8, -0.8), (0.8, -0.25), (0.25, 0.8)]
    let edges = [(0.8, 1), (0.8, -1), (1, 0.8), (1, -0.8)]
    let checks = inside + edges
    return nodes.flatMap { v in nodes.map { (u: $0, v: v) } }
      + checks.flatMap { [(u: $0.0, v: $0.1), (u: -$0.0, v: -$0.1)] }
  }()
  /// The middle and the corners among the samples.
  private static let corners = [12, 0, 4, 20, 24]

  /// The cells of a whole target.
  /// - Parameter scale: source pixels a target pixel; NaN if there are none.
  static func mapping(_ exact: ExactMapping, scale: Double) -> CellMapping {
    var mapper = CellMapper(exact: exact, scale: scale)
    let bands = divide(0..<exact.target.height, into: largest).map { rows in
      var cells: [GridCell] = []
      for columns in divide(0..<exact.target.width, into: largest) {
        mapper.add(columns: columns, rows: rows, to: &cells)
      }
      return CellMapping.Band(rows: rows, cells: cells)
    }
    return CellMapping(bands: bands, coefficients: mapper.coefficients)
  }

  /// How far a place may be off, in source pixels; more under a target that is much coarser than the source, where PROJ's
  /// own noise would else be taken for structure.
  static func bound(scale: Double) -> Double { scale > 16 ? 0.001 * scale / 16 : 0.001 }

  private init(exact: ExactMapping, scale: Double) {
    self.exact = exact
    tolerance = Self.bound(scale: scale) / 2
    surroundings = 16 * (scale > 1 ? scale : 1)
    largestEmpty = max(16, max(exact.target.width, exact.target.height) / 128)
  }

  private mutating func add(columns: Range<Int>, rows: Range<Int>, to cells: inout [GridCell]) {
    guard columns.count * rows.count > Self.fewest, columns.count > 1, rows.count > 1 else {
      addExact(columns: columns, rows: rows, to: &cells)
      return
    }
    let halfWidth = Double(columns.count - 1) / 2
    let halfHeight = Double(rows.count - 1) / 2
    let centerX = Double(columns.lowerBound) + 0.5 + halfWidth
    let centerY = Double(rows.lowerBound) + 0.5 + halfHeight
    var xs = Self.samples.map { centerX + $0.u * halfWidth }
    var ys = Self.samples.map { centerY + $0.v * halfHeight }
    exact.mapTrustingly(columns: &xs, rows: &ys)

    let invalid = xs.count { $0.isNaN }
    if invalid == xs.count, columns.count <= largestEmpty, rows.count <= largestEmpty {
      cells.append(GridCell(columns: columns, rows: rows, content: .empty, window: nil))
      return
    }
    if invalid == 0, isFar(xs, exact.source.width) || isFar(ys, exact.source.height) {
      cells.append(GridCell(columns: columns, rows: rows, content: .empty, window: nil))
      return
    }
    if invalid == 0, let start = appendPolynomials(xs: xs, ys: ys) {
      // No jump is inside; so the cell is all on the map, all beside it, or for a split to tell.
      var cornerXs = Self.corners.map { centerX + Self.samples[$0].u * halfWidth }
      var cornerYs = Self.corners.map { centerY + Self.samples[$0].v * halfHeight }
      exact.map(columns: &cornerXs, rows: &cornerYs)
      let beside = cornerXs.count { $0.isNaN }
      if beside == 0 {
        let window = SourceWindow(columns: Self.reach(xs), rows: Self.reach(ys))
        cells.append(GridCell(columns: columns, rows: rows, content: .polynomials(start), window: window))
        return
      }
      coefficients.removeSubrange(start...)
      if beside == Self.corners.count {
        cells.append(GridCell(columns: columns, rows: rows, content: .empty, window: nil))
        return
      }
    }
    for rows in Self.halves(rows, unlessBelow: columns.count) {
      for columns in Self.halves(columns, unlessBelow: rows.count) {
        add(columns: columns, rows: rows, to: &cells)
      }
    }
  }

  private mutating func addExact(columns: Range<Int>, rows: Range<Int>, to cells: inout [GridCell]) {
    var xs: [Double] = []
    var ys: [Double] = []
    for row in rows {
      for column in columns {
        xs.append(Double(column) + 0.5)
        ys.append(Double(row) + 0.5)
      }
    }
    let last = xs.count - 1
    let corners = [0, columns.count - 1, last - columns.count + 1, last]
    var cornerXs = corners.map { xs[$0] }
    var cornerYs = corners.map { ys[$0] }
    exact.map(columns: &cornerXs, rows: &cornerYs)
    // The edge of a map leaves no such small cell with all its corners on the map.
    if cornerXs.contains(where: { $0.isNaN }) {
      exact.map(columns: &xs, rows: &ys)
    } else {
      exact.mapTrustingly(columns: &xs, rows: &ys)
    }
    var window: SourceWindow?
    for index in xs.indices where !xs[index].isNaN {
      let own = SourceWindow(columns: xs[index]...xs[index], rows: ys[index]...ys[index])
      window = window?.union(own) ?? own
    }
    cells.append(GridCell(columns: columns, rows: rows, content: .exact(coefficients.count), window: window))
    coefficients += xs
    coefficients += ys
  }

  /// Whether samples of a cell lie so far from the source raster along one of its axes that the cell can't reach it: farther
  /// than they lie from each other.
  private func isFar(_ values: [Double], _ size: Int) -> Bool {
    var lowest = values[0]
    var highest = values[0]
    for value in values {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    let margin = highest - lowest + surroundings
    return highest + margin < 0 || lowest - margin > Double(size)
  }

  /// Appends the polynomials through a cell's samples and says where they begin; `nil`, and nothing appended, where they
  /// are too far off at the other samples.
  private mutating func appendPolynomials(xs: [Double], ys: [Double]) -> Int? {
    let start = coefficients.count
    let count = Biquartic.order * Biquartic.order
    coefficients += xs[..<count]
    coefficients += ys[..<count]
    var span = coefficients.mutableSpan
    Biquartic.solve(&span, at: start)
    Biquartic.solve(&span, at: start + count)
    let isClose = (count..<xs.count).allSatisfy { index in
      let (u, v) = Self.samples[index]
      let x = Biquartic.value(Biquartic.row(coefficients.span, at: start, v: v), u: u)
      let y = Biquartic.value(Biquartic.row(coefficients.span, at: start + count, v: v), u: u)
      return (x - xs[index]).magnitude <= tolerance && (y - ys[index]).magnitude <= tolerance
    }
    guard isClose else {
      coefficients.removeSubrange(start...)
      return nil
    }
    return start
  }

  /// What a smooth cell covers along one source axis: its samples, and a margin for how far it bulges between them.
  private static func reach(_ values: [Double]) -> ClosedRange<Double> {
    var lowest = values[0]
    var highest = values[0]
    for value in values {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    let order = Biquartic.order
    var bulge = 0.0
    for row in 0..<order {
      for column in 1..<(order - 1) {
        let along = row * order + column
        let across = column * order + row
        bulge = max(
          bulge, (values[along - 1] - 2 * values[along] + values[along + 1]).magnitude,
          (values[across - order] - 2 * values[across] + values[across + order]).magnitude)
      }
    }
    return (lowest - bulge / 4)...(highest + bulge / 4)
  }

  /// A range in nearly equal parts of at most `size`.
  private static func divide(_ range: Range<Int>, into size: Int) -> [Range<Int>] {
    let count = (range.count + size - 1) / size
    return (0..<count).map {
      (range.lowerBound + range.count * $0 / count)..<(range.lowerBound + range.count * ($0 + 1) / count)
    }
  }

  /// Both halves of a range, or the range itself where the other side of the cell is more than twice as long.
  private static func halves(_ range: Range<Int>, unlessBelow other: Int) -> [Range<Int>] {
    guard range.count > 1, range.count * 2 >= other else { return [range] }
    let middle = range.lowerBound + range.count / 2
    return [range.lowerBound..<middle, middle..<range.upperBound]
  }
}
