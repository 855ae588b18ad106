/// Writes geometries as commands of vector tiles (Mapbox vector tiles 2.1, 4.3).
enum TileGeometry {
  /// Appends the commands of a geometry in a tile's units.
  static func write(_ geometry: borrowing GridGeometry, to out: inout ByteBuffer) {
    var cursor = GridPoint(x: 0, y: 0)
    for part in geometry.parts {
      switch part.role {
      case .points:
        out.append(varint: command(1, part.range.count))
        for index in part.range { write(geometry.points[index], &cursor, &out) }
      case .line: write(geometry, part.range.lowerBound, part.range, backwards: false, &cursor, &out)
      case .exterior, .interior:
        // Outer rings have a positive area by the surveyor's formula, holes a negative one.
        let isPositive = GridGeometry.doubledArea(geometry.points[part.range]) > 0
        write(
          geometry, part.range.lowerBound, part.range, backwards: isPositive != (part.role == .exterior), &cursor,
          &out)
        out.append(varint: command(7, 1))
      }
    }
  }

  private static func command(_ number: Int, _ count: Int) -> Int { number | count << 3 }

  /// Moves to a part's first point, and draws lines to the others, the last one first where that is the way round.
  private static func write(
    _ geometry: borrowing GridGeometry, _ first: Int, _ range: Range<Int>, backwards: Bool,
    _ cursor: inout GridPoint, _ out: inout ByteBuffer
  ) {
    out.append(varint: command(1, 1))
    write(geometry.points[first], &cursor, &out)
    out.append(varint: command(2, range.count - 1))
    if backwards {
      for index in range.dropFirst().reversed() { write(geometry.points[index], &cursor, &out) }
    } else {
      for index in range.dropFirst() { write(geometry.points[index], &cursor, &out) }
    }
  }

  @inline(__always)
  private static func write(_ point: GridPoint, _ cursor: inout GridPoint, _ out: inout ByteBuffer) {
    out.append(zigzag: point.x &- cursor.x)
    out.append(zigzag: point.y &- cursor.y)
    cursor = point
  }
}
