/// What becomes of lines and rings at 180 degrees of longitude.
///
/// RFC 7946 (3.1.9) wants what crosses that meridian to be cut there; what is not comes in two forms. Longitudes beyond 180
/// degrees go on to the other side. A step of more than half a turn is taken the other, shorter way round; but not of a whole
/// turn, which is the edge of a map of the world, and not in a ring that runs as an outer ring should (counter-clockwise) the
/// long way round and as it shouldn't the short way: that is a wide rectangle.
enum Antimeridian {
  /// The difference that makes a step lead the shorter way round.
  @inline(__always)
  private static func turn(_ step: Double) -> Double {
    if step > 180, step < 360 { return -360 }
    if step < -180, step > -360 { return 360 }
    return 0
  }

  /// Makes the longitudes of a line go on without jumps.
  static func unwrapLine(_ longitudes: inout [Double], _ range: Range<Int>) {
    _ = unwrap(&longitudes, range)
  }

  private static func unwrap(_ longitudes: inout [Double], _ range: Range<Int>) -> Double {
    guard var previous = range.isEmpty ? nil : longitudes[range.lowerBound] else { return 0 }
    var offset = 0.0
    for index in range.dropFirst() {
      let longitude = longitudes[index]
      offset += turn(longitude - previous)
      previous = longitude
      longitudes[index] = longitude + offset
    }
    return offset
  }

  /// Makes the longitudes of a ring go on without jumps; the first position is not said again at the end.
  /// - Parameter rows: how far down each position lies.
  /// - Returns: how many degrees the ring's end lies from its beginning: a whole turn, where it goes around a pole.
  static func unwrapRing(
    _ longitudes: inout [Double], rows: [Double], _ range: Range<Int>, isExterior: Bool
  ) -> Double {
    guard let last = range.last else { return 0 }
    var hasJump = turn(longitudes[range.lowerBound] - longitudes[last]) != 0
    for index in range.dropFirst() where turn(longitudes[index] - longitudes[index - 1]) != 0 { hasJump = true }
    guard hasJump else { return 0 }
    let literal = longitudes[range]
    let closing = turn(longitudes[range.lowerBound] - longitudes[last])
    let offset = unwrap(&longitudes, range) + closing
    if offset == 0 {
      let isRightLong = (area(literal, rows) > 0) == isExterior
      let isRightShort = (area(longitudes[range], rows) > 0) == isExterior
      if isRightLong && !isRightShort { longitudes.replaceSubrange(range, with: literal) }
    }
    return offset
  }

  /// Twice the area, positive where the ring runs counter-clockwise on a map.
  private static func area(_ longitudes: ArraySlice<Double>, _ rows: [Double]) -> Double {
    var area = 0.0
    guard var previous = longitudes.indices.last else { return 0 }
    for index in longitudes.indices {
      // Rows count down.
      area -= longitudes[previous] * rows[index] - longitudes[index] * rows[previous]
      previous = index
    }
    return area
  }
}
