/// How a geometry is written into an index: parts one after the other, points as differences. Points of a long part stand in
/// chunks that say their box and length first, so that a tile reads no more of a long coast than what lies near it.
enum GeometryCoding {
  /// Points of a chunk.
  private static let chunk = 64
  /// Parts of more points than this come in chunks.
  private static let longest = 96
  /// Units along a side of the world fit into so many binary digits, on every grid.
  private static let digits = 35

  /// Appends a geometry.
  static func write(_ geometry: borrowing GridGeometry, to out: inout ByteBuffer) {
    out.append(varint: geometry.parts.count)
    var previous = GridPoint(x: 0, y: 0)
    for part in geometry.parts {
      out.append(varint: part.range.count << 2 | Int(part.role.rawValue))
      if part.range.count <= longest {
        for index in part.range { write(geometry.points[index], after: &previous, to: &out) }
      } else {
        writeChunks(geometry.points[part.range], to: &out)
      }
    }
  }

  @inline(__always)
  private static func write(_ point: GridPoint, after previous: inout GridPoint, to out: inout ByteBuffer) {
    out.append(zigzag: point.x &- previous.x)
    out.append(zigzag: point.y &- previous.y)
    previous = point
  }

  private static func writeChunks(_ points: ArraySlice<GridPoint>, to out: inout ByteBuffer) {
    var body = ByteBuffer(capacity: chunk * 12)
    for start in stride(from: points.startIndex, to: points.endIndex, by: chunk) {
      let some = points[start..<min(start + chunk, points.endIndex)]
      var box = GridBox.empty
      for point in some { box.add(point) }
      body.truncate(to: 0)
      var previous = GridPoint(x: box.minX, y: box.minY)
      for point in some { write(point, after: &previous, to: &body) }
      // The last point, for those that leave the rest out.
      let last = some[some.endIndex - 1]
      out.append(varint: box.minX)
      out.append(varint: box.minY)
      out.append(varint: box.maxX - box.minX)
      out.append(varint: box.maxY - box.minY)
      out.append(varint: last.x - box.minX)
      out.append(varint: last.y - box.minY)
      out.append(varint: body.count)
      out.append(body.bytes)
    }
  }

  /// Reads a geometry.
  /// - Parameter box: what is wanted: of what lies on one side of it only the ends need be right; `nil` for all.
  /// - Returns: `false` where the bytes are no geometry.
  static func read(_ cursor: inout ByteCursor, near box: GridBox?, into geometry: inout GridGeometry) -> Bool {
    geometry.removeAll()
    let parts = cursor.count(atMost: cursor.remaining)
    var previous = GridPoint(x: 0, y: 0)
    var all = 0
    for _ in 0..<parts {
      let head = cursor.varint()
      guard let role = PartRole(rawValue: UInt8(head & 3)), head >> 2 <= UInt64(cursor.remaining), head >> 2 > 0 else {
        return false
      }
      let count = Int(head >> 2)
      let start = geometry.points.count
      if count <= longest {
        geometry.points.reserveCapacity(start + count)
        for _ in 0..<count { read(&cursor, after: &previous, &all, into: &geometry) }
      } else {
        var rest = count
        while rest > 0 {
          readChunk(&cursor, min(rest, chunk), near: box, &all, into: &geometry)
          if cursor.failed { return false }
          rest -= chunk
        }
      }
      if cursor.failed { return false }
      geometry.closePart(role, from: start)
    }
    // Negative or beyond the world: what is calculated with these must not overflow.
    return !cursor.failed && UInt64(bitPattern: Int64(all)) >> digits == 0
  }

  @inline(__always)
  private static func read(
    _ cursor: inout ByteCursor, after previous: inout GridPoint, _ all: inout Int, into geometry: inout GridGeometry
  ) {
    previous = GridPoint(x: previous.x &+ cursor.zigzag(), y: previous.y &+ cursor.zigzag())
    all |= previous.x | previous.y
    geometry.points.append(previous)
  }

  private static func readChunk(
    _ cursor: inout ByteCursor, _ count: Int, near box: GridBox?, _ all: inout Int, into geometry: inout GridGeometry
  ) {
    let most = WorldGrid.width
    let (minX, minY) = (cursor.count(atMost: most), cursor.count(atMost: most))
    let (maxX, maxY) = (minX + cursor.count(atMost: most), minY + cursor.count(atMost: most))
    let last = GridPoint(x: minX + cursor.count(atMost: most), y: minY + cursor.count(atMost: most))
    let length = cursor.count(atMost: cursor.remaining)
    var previous = GridPoint(x: minX, y: minY)
    if let box, maxX < box.minX || minX > box.maxX || maxY < box.minY || minY > box.maxY {
      guard var inner = ByteCursor(cursor.bytes(length)) else { return }
      read(&inner, after: &previous, &all, into: &geometry)
      geometry.points.append(last)
      all |= last.x | last.y
      return
    }
    let end = cursor.remaining - length
    for _ in 0..<count { read(&cursor, after: &previous, &all, into: &geometry) }
    if cursor.remaining != end { cursor.skip(.max) }
  }
}
