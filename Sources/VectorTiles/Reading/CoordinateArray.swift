/// The value of a `coordinates` member: positions in arrays that nest to some depth.
struct CoordinateArray {
  /// First ordinates.
  var xs: [Double] = []
  /// Second ordinates.
  var ys: [Double] = []
  /// How many positions there were where an array of positions ended.
  var lineEnds: [Int] = []
  /// How many lines there were where an array of lines ended.
  var polygonEnds: [Int] = []
  /// How deep the arrays nest, 1 for a single position; 0 where there is none.
  var height = 0
  /// What is wrong with it, if anything.
  var flaw: String?
}

extension JSONScanner {
  /// Reads the value of a `coordinates` member. Third ordinates are read and forgotten.
  /// - Parameter limit: the byte of the file behind which nothing more is kept.
  mutating func coordinates(limit: Int) throws(VectorTileError) -> CoordinateArray {
    var out = CoordinateArray()
    guard try next() == UInt8(ascii: "[") else {
      let isNull = try next() == UInt8(ascii: "n")
      try skipValue()
      if !isNull { out.flaw = "its coordinates are no array" }
      return out
    }
    out.height = try coordinates(into: &out, limit: limit, depth: 0)
    if out.xs.isEmpty { out.height = 0 }
    return out
  }

  /// Reads an array.
  /// - Returns: how deep it nests; 0 for an empty one.
  private mutating func coordinates(
    into out: inout CoordinateArray, limit: Int, depth: Int
  ) throws(VectorTileError) -> Int {
    try checkDepth(depth)
    guard try opens(until: UInt8(ascii: "]")) else { return 0 }
    guard try next() == UInt8(ascii: "[") else {
      try position(into: &out, limit: limit)
      return 1
    }
    var height = 0
    repeat {
      guard try next() == UInt8(ascii: "[") else {
        try skipValue(depth: depth)
        out.flaw = out.flaw ?? "its coordinates hold something else between arrays"
        continue
      }
      let inner = try coordinates(into: &out, limit: limit, depth: depth + 1)
      if height != 0, inner != 0, inner != height { out.flaw = out.flaw ?? "its coordinates nest unevenly" }
      height = max(height, inner)
    } while try hasMore(until: UInt8(ascii: "]"))
    switch height {
    case 1: out.lineEnds.append(out.xs.count)
    case 2: out.polygonEnds.append(out.lineEnds.count)
    default: break
    }
    return height == 0 ? 0 : height + 1
  }

  @inline(__always)
  private mutating func position(into out: inout CoordinateArray, limit: Int) throws(VectorTileError) {
    var count = 0
    var (x, y) = (0.0, 0.0)
    repeat {
      let byte = try next()
      guard byte &- 0x30 < 10 || byte == UInt8(ascii: "-") else {
        try skipValue()
        out.flaw = out.flaw ?? "a position holds something that is no number"
        count += 1
        continue
      }
      let number = try number().value
      if count == 0 { x = number } else if count == 1 { y = number }
      count &+= 1
    } while try hasMore(until: UInt8(ascii: "]"))
    if count < 2 { out.flaw = out.flaw ?? "a position has fewer than two numbers" }
    guard offset < limit else {
      out.flaw = "it is larger than \(GeoJSONReader.largestFeature / 1_048_576) MB"
      if !out.xs.isEmpty { (out.xs, out.ys, out.lineEnds, out.polygonEnds) = ([], [], [], []) }
      return
    }
    out.xs.append(x)
    out.ys.append(y)
  }
}
