/// A place on a grid of whole units.
struct GridPoint: Hashable, Sendable {
  /// Units to the right.
  var x: Int
  /// Units down.
  var y: Int
}

/// A rectangle on a grid; its edges belong to it.
struct GridBox: Hashable, Sendable {
  var minX: Int
  var minY: Int
  var maxX: Int
  var maxY: Int

  /// A box that holds nothing, and grows with what is added.
  static let empty = GridBox(minX: .max, minY: .max, maxX: .min, maxY: .min)

  /// Whether it holds nothing.
  var isEmpty: Bool { minX > maxX || minY > maxY }

  /// Grows it to hold a point.
  @inline(__always)
  mutating func add(_ point: GridPoint) {
    minX = min(minX, point.x)
    minY = min(minY, point.y)
    maxX = max(maxX, point.x)
    maxY = max(maxY, point.y)
  }

  /// Whether a point lies in it.
  @inline(__always)
  func contains(_ point: GridPoint) -> Bool {
    point.x >= minX && point.x <= maxX && point.y >= minY && point.y <= maxY
  }

  /// Whether all of a box lies in it.
  func contains(_ other: GridBox) -> Bool {
    other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY
  }

  /// Whether they have a point in common.
  func touches(_ other: GridBox) -> Bool {
    other.minX <= maxX && other.maxX >= minX && other.minY <= maxY && other.maxY >= minY
  }

  /// On which sides a point lies outside: 1 left, 2 right, 4 above, 8 below; 0 within.
  @inline(__always)
  func sides(_ point: GridPoint) -> UInt8 {
    (point.x < minX ? 1 : point.x > maxX ? 2 : 0) | (point.y < minY ? 4 : point.y > maxY ? 8 : 0)
  }
}
