/// Divides a target into cells: large ones first, each split in four until its polynomial is close enough to the exact way.
struct CellMapper {
  private let exact: ExactMapping
  private var coefficients: [Double] = []

  /// Columns and rows of the cells to begin with, at most.
  private static let largest = 128
  /// Pixels of a cell that is no dearer to tell exactly than to approximate.
  private static let fewest = 64
  /// Columns and rows of a cell that may be called empty for what is seen on its lattice.
  private static let largestEmpty = 16
  /// Source pixels by which a polynomial may be off where it is checked. The checks lie where polynomials through even
  /// nodes are worst, and a factor of two is left for what is in between: the aim is a thousandth.
  private static let tolerance = 0.0005

  /// Where a cell is sampled, from -1 to 1: the nodes of the polynomial, then the points at which it is checked.
  private static let samples: [(u: Double, v: Double)] = {
    let nodes = Biquartic.nodes
    let between = [-0.8, -0.25, 0.25, 0.8]
    return nodes.flatMap { v in nodes.map { (u: $0, v: v) } }
      + between.flatMap { v in between.map { (u: $0, v: v) } }
      + [-0.8, 0.8].flatMap { [(u: $0, v: -1), (u: $0, v: 1), (u: -1, v: $0), (u: 1, v: $0)] }
  }()

  /// The cells of a whole target.
  static func mapping(_ exact: ExactMapping) -> CellMapping {
    var mapper = CellMapper(exact: exact)
    let bands = divide(0..<exact.target.height, into: largest).map { rows in
      var cells: [GridCell] = []
      for columns in divide(0..<exact.target.width, into: largest) {
        mapper.add(columns: columns, rows: rows, to: &cells)
      }
      return CellMapping.Band(rows: rows, cells: cells)
    }
    return CellMapping(bands: bands, coefficients: mapper.coefficients)
  }

  private init(exact: ExactMapping) {
    self.exact = exact
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
    exact.map(columns: &xs, rows: &ys)

    let invalid = xs.count { $0.isNaN }
    if invalid == xs.count, columns.count <= Self.largestEmpty, rows.count <= Self.largestEmpty {
      cells.append(GridCell(columns: columns, rows: rows, content: .empty, window: nil))
      return
    }
    if invalid == 0 {
      let start = coefficients.count
      let nodes = 0..<(Biquartic.order * Biquartic.order)
      Biquartic.append(through: xs[nodes], to: &coefficients)
      Biquartic.append(through: ys[nodes], to: &coefficients)
      if isClose(start: start, xs: xs, ys: ys) {
        let window = SourceWindow(columns: Self.reach(xs), rows: Self.reach(ys))
        cells.append(GridCell(columns: columns, rows: rows, content: .polynomials(start), window: window))
        return
      }
      coefficients.removeSubrange(start...)
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
    exact.map(columns: &xs, rows: &ys)
    var window: SourceWindow?
    for index in xs.indices where !xs[index].isNaN {
      let own = SourceWindow(columns: xs[index]...xs[index], rows: ys[index]...ys[index])
      window = window?.union(own) ?? own
    }
    cells.append(GridCell(columns: columns, rows: rows, content: .exact(coefficients.count), window: window))
    coefficients += xs
    coefficients += ys
  }

  private func isClose(start: Int, xs: [Double], ys: [Double]) -> Bool {
    for index in (Biquartic.order * Biquartic.order)..<xs.count {
      let (u, v) = Self.samples[index]
      let x = Biquartic.value(Biquartic.row(coefficients.span, at: start, v: v), u: u)
      let y = Biquartic.value(Biquartic.row(coefficients.span, at: start + 25, v: v), u: u)
      guard (x - xs[index]).magnitude <= Self.tolerance, (y - ys[index]).magnitude <= Self.tolerance else {
        return false
      }
    }
    return true
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
