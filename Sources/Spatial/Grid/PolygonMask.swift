/// Which pixels of a grid have their centres within a polygon, told row by row for any part of the grid.
///
/// What lies within an odd number of rings is inside. A centre on an edge counts to the west and to the south of it, as with
/// GDAL, so that polygons which share an edge share no pixel.
public struct PolygonMask: Sendable {
  /// An edge from its upper to its lower end, in columns and rows of the grid.
  private struct Edge {
    let top: Double
    let bottom: Double
    let column: Double
    let slope: Double
  }

  private let edges: [Edge]

  /// The mask of closed rings, in the spatial reference of the grid.
  public init(_ rings: [[Point]], on grid: PixelGrid) {
    edges = rings.flatMap { ring in
      zip(ring, ring.dropFirst()).compactMap { start, end in
        let (y0, y1) = (grid.row(atY: start.y), grid.row(atY: end.y))
        let (x0, x1) = (grid.column(atX: start.x), grid.column(atX: end.x))
        guard y0 != y1 else { return nil }
        let slope = (x1 - x0) / (y1 - y0)
        return y0 < y1
          ? Edge(top: y0, bottom: y1, column: x0, slope: slope) : Edge(top: y1, bottom: y0, column: x1, slope: slope)
      }
    }
  }

  /// The mask of a part of the grid: a byte a pixel, row by row, 255 inside and 0 outside.
  public func mask(columns: Range<Int>, rows: Range<Int>) -> [UInt8] {
    let width = columns.count
    var mask = [UInt8](repeating: 0, count: width * rows.count)
    for edge in edges where edge.bottom > Double(rows.lowerBound) && edge.top < Double(rows.upperBound) {
      // The rows whose centres lie between the ends.
      let first = max(rows.lowerBound, Self.index(edge.top - 0.5))
      let last = min(rows.upperBound, Self.index(edge.bottom - 0.5))
      for row in stride(from: first, to: last, by: 1) {
        let crossing = edge.column + (Double(row) + 0.5 - edge.top) * edge.slope
        // The first column whose centre lies to the east, and not on the edge.
        let column = max(columns.lowerBound, Self.index((crossing + 0.5).rounded(.down)))
        if column < columns.upperBound { mask[(row - rows.lowerBound) * width + column - columns.lowerBound] ^= 255 }
      }
    }
    for row in 0..<rows.count {
      var inside: UInt8 = 0
      for index in row * width..<(row + 1) * width {
        inside ^= mask[index]
        mask[index] = inside
      }
    }
    return mask
  }

  /// The least whole number that is not below a number, held within what a grid can have.
  private static func index(_ number: Double) -> Int { Int(min(max(number.rounded(.up), -1e9), 1e10)) }
}
