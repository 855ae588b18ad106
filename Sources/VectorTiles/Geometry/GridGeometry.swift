/// What the parts of a geometry are.
enum PartRole: UInt8, Sendable {
  /// Places.
  case points = 0
  /// A line, of two points or more.
  case line = 1
  /// The outer ring of an area; the first point is not said again at the end.
  case exterior = 2
  /// The ring of a hole in the area before it.
  case interior = 3
}

/// Of which kind the parts of a feature of a tile are; the numbers are those of the format.
public enum GeometryKind: UInt8, Sendable, Hashable, CaseIterable {
  /// Places.
  case point = 1
  /// Lines.
  case line = 2
  /// Areas.
  case polygon = 3
}

/// Points, lines or areas on a grid. All parts lie in one array, because a geometry of a hundred thousand islands is one too.
struct GridGeometry {
  /// A run of points.
  struct Part {
    /// What it is.
    var role: PartRole
    /// Its points.
    var range: Range<Int>
  }

  /// The points of all parts.
  var points: [GridPoint] = []
  /// The parts; holes follow the ring that they lie in.
  var parts: [Part] = []

  /// Whether there is nothing.
  var isEmpty: Bool { parts.isEmpty }

  /// The smallest box around it.
  var box: GridBox {
    var box = GridBox.empty
    for point in points { box.add(point) }
    return box
  }

  /// Takes all away, and keeps the memory.
  mutating func removeAll() {
    points.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  /// Makes the points behind the last part a part.
  mutating func closePart(_ role: PartRole, from start: Int) {
    parts.append(Part(role: role, range: start..<points.count))
  }

  /// Appends a part.
  mutating func append(_ role: PartRole, _ part: some Sequence<GridPoint>) {
    let start = points.count
    points.append(contentsOf: part)
    closePart(role, from: start)
  }

  /// Appends a part of another geometry.
  mutating func append(_ part: Part, of other: borrowing GridGeometry) {
    append(part.role, other.points[part.range])
  }

  /// Twice the area within a ring, positive where it runs clockwise as seen on a map (y runs down), modulo 2^64: exact where
  /// the ring's box has fewer than 2^30 units a side.
  static func doubledArea(_ ring: ArraySlice<GridPoint>) -> Int {
    guard let origin = ring.last else { return 0 }
    var area = 0
    var previous = GridPoint(x: 0, y: 0)
    for point in ring {
      let (x, y) = (point.x &- origin.x, point.y &- origin.y)
      area &+= previous.x &* y &- x &* previous.y
      previous = GridPoint(x: x, y: y)
    }
    return area
  }

  /// Twice the area within a ring as a floating-point number: for rings of any size.
  static func roughDoubledArea(_ ring: ArraySlice<GridPoint>) -> Double {
    guard let origin = ring.last else { return 0 }
    var area = 0.0
    var (x0, y0) = (0.0, 0.0)
    for point in ring {
      let (x, y) = (Double(point.x &- origin.x), Double(point.y &- origin.y))
      area += x0 * y - x * y0
      (x0, y0) = (x, y)
    }
    return area
  }
}
