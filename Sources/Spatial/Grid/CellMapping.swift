/// A mapping told cell by cell: by a polynomial where one comes close enough to the exact way, pixel by pixel elsewhere.
public struct CellMapping: Sendable {
  /// Cells in bands: those of a band cover the same target rows together, each column once a row.
  private let bands: [Band]
  private let coefficients: [Double]

  struct Band {
    var rows: Range<Int>
    var cells: [GridCell]
  }

  init(bands: [Band], coefficients: [Double]) {
    self.bands = bands
    self.coefficients = coefficients
  }

  /// Writes the source coordinates of the pixels `columns` of a target row.
  func row(_ row: Int, columns: Range<Int>, xs: inout MutableSpan<Double>, ys: inout MutableSpan<Double>) {
    guard let band = bands.first(where: { $0.rows.contains(row) }) else { return }
    for cell in band.cells where cell.rows.contains(row) && cell.columns.overlaps(columns) {
      let part = cell.columns.clamped(to: columns)
      let places = (part.lowerBound - columns.lowerBound)..<(part.upperBound - columns.lowerBound)
      let first = part.lowerBound - cell.columns.lowerBound
      switch cell.content {
      case .empty:
        for place in places {
          xs[place] = .nan
          ys[place] = .nan
        }
      case .exact(let start):
        let count = cell.columns.count * cell.rows.count
        var index = start + (row - cell.rows.lowerBound) * cell.columns.count + first
        for place in places {
          xs[place] = coefficients[index]
          ys[place] = coefficients[index + count]
          index += 1
        }
      case .polynomials(let start):
        let v = Self.parameter(row - cell.rows.lowerBound, of: cell.rows.count)
        let step = 2 / Double(cell.columns.count - 1)
        let u = Double(first) * step - 1
        let x = Biquartic.row(coefficients.span, at: start, v: v)
        Biquartic.write(x, from: u, step: step, to: &xs, at: places)
        let y = Biquartic.row(coefficients.span, at: start + 25, v: v)
        Biquartic.write(y, from: u, step: step, to: &ys, at: places)
      }
    }
  }

  /// The source pixels that some target rows need; `nil` where none of their pixels has a place in the source.
  func window(rows: Range<Int>) -> SourceWindow? {
    var window: SourceWindow?
    for band in bands where band.rows.overlaps(rows) {
      for cell in band.cells where cell.rows.overlaps(rows) {
        guard let own = cell.window else { continue }
        window = window?.union(own) ?? own
      }
    }
    return window
  }

  /// The place from -1 to 1 of a pixel among `count` along an axis.
  static func parameter(_ index: Int, of count: Int) -> Double {
    Double(index) * (2 / Double(count - 1)) - 1
  }
}
