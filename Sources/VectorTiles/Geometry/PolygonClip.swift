/// Cuts areas at a box.
///
/// What is inside is told by even and odd, never by directions, so that also a ring that crosses itself is cut rightly. The
/// border runs half a unit outside of the box, where no vertex can lie: an edge crosses it or does not. The pieces of rings
/// inside are joined by the pieces of the border that lie within the area, and those are every second one between the
/// crossings; one of them is looked at, in the middle of the longest.
struct PolygonClip {
  /// What is kept; its edges belong to it.
  let box: GridBox
  private let left: Double
  private let top: Double
  private let right: Double
  private let bottom: Double

  /// Where a ring crosses the border.
  private struct Crossing {
    /// How far along the border, clockwise from the upper left corner.
    var position: Double
    /// Of which piece of a ring it is an end.
    var piece: Int
  }

  /// A piece of a ring inside of the border, by its points in `pieces`.
  private struct Piece {
    var range: Range<Int>
    /// Its crossings, by their places in `crossings`.
    var start = 0
    var end = 0
  }

  private var crossings: [Crossing] = []
  private var pieces: [Piece] = []
  private var points: [GridPoint] = []

  /// A cut at a box.
  init(box: GridBox) {
    self.box = box
    left = Double(box.minX) - 0.5
    top = Double(box.minY) - 0.5
    right = Double(box.maxX) + 0.5
    bottom = Double(box.maxY) + 0.5
  }

  private var width: Double { right - left }
  private var height: Double { bottom - top }
  private var perimeter: Double { 2 * (width + height) }

  /// Appends what lies within the box of one polygon: an outer ring and its holes. The rings that come out may touch each
  /// other, where rounding brings them together.
  mutating func clip(
    _ rings: ArraySlice<GridGeometry.Part>, of geometry: borrowing GridGeometry, into out: inout GridGeometry
  ) {
    crossings.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    points.removeAll(keepingCapacity: true)
    var inner: [GridGeometry.Part] = []
    for ring in rings where !cut(geometry.points[ring.range]) { inner.append(ring) }
    var polygons = GridGeometry()
    if crossings.isEmpty {
      if isInside(x: left, y: ((top + bottom) / 2).rounded(.down) + 0.25, rings, of: geometry) {
        polygons.append(
          .exterior,
          [
            GridPoint(x: box.minX, y: box.minY), GridPoint(x: box.maxX, y: box.minY),
            GridPoint(x: box.maxX, y: box.maxY), GridPoint(x: box.minX, y: box.maxY),
          ])
      }
    } else {
      join(rings, of: geometry, into: &polygons)
    }
    var holes = GridGeometry()
    for ring in inner {
      if ring.role == .exterior { polygons.append(ring, of: geometry) } else { holes.append(ring, of: geometry) }
    }
    polygons.dropIdlePoints()
    holes.dropIdlePoints()
    out.append(polygons, holes: holes)
  }

  /// Takes a ring to pieces.
  /// - Returns: `false` when all of it lies within the box.
  private mutating func cut(_ ring: ArraySlice<GridPoint>) -> Bool {
    guard let first = ring.firstIndex(where: { box.sides($0) != 0 }) else { return ring.isEmpty }
    var previous = ring[first]
    var previousSides = box.sides(previous)
    for point in [ring[(first + 1)...], ring[...first]].joined() {
      let sides = box.sides(point)
      if previousSides | sides == 0 {
        points.append(point)
      } else if previousSides & sides == 0 {
        cross(previous, previousSides, point, sides)
      }
      (previous, previousSides) = (point, sides)
    }
    return true
  }

  /// Follows an edge at least one end of which lies outside.
  private mutating func cross(_ start: GridPoint, _ startSides: UInt8, _ end: GridPoint, _ endSides: UInt8) {
    let (x, y) = (Double(start.x), Double(start.y))
    let (dx, dy) = (Double(end.x - start.x), Double(end.y - start.y))
    var (from, to) = (0.0, 1.0)
    var (fromSide, toSide) = (0, 0)
    if dx != 0 {
      let (enter, leave) = dx > 0 ? ((left - x) / dx, (right - x) / dx) : ((right - x) / dx, (left - x) / dx)
      if enter > from { (from, fromSide) = (enter, dx > 0 ? 1 : 2) }
      if leave < to { (to, toSide) = (leave, dx > 0 ? 2 : 1) }
    }
    if dy != 0 {
      let (enter, leave) = dy > 0 ? ((top - y) / dy, (bottom - y) / dy) : ((bottom - y) / dy, (top - y) / dy)
      if enter > from { (from, fromSide) = (enter, dy > 0 ? 4 : 8) }
      if leave < to { (to, toSide) = (leave, dy > 0 ? 8 : 4) }
    }
    guard from < to else { return }
    if startSides != 0 {
      pieces.append(Piece(range: points.count..<points.count))
      addCrossing(x + from * dx, y + from * dy, fromSide)
    }
    if endSides == 0 {
      points.append(end)
    } else {
      addCrossing(x + to * dx, y + to * dy, toSide)
      pieces[pieces.count - 1].range = pieces[pieces.count - 1].range.lowerBound..<points.count
    }
  }

  private mutating func addCrossing(_ x: Double, _ y: Double, _ side: Int) {
    let (x, y) = (min(max(x, left), right), min(max(y, top), bottom))
    let position =
      switch side {
      case 4: x - left
      case 2: width + (y - top)
      case 8: width + height + (right - x)
      default: 2 * width + height + (bottom - y)
      }
    crossings.append(Crossing(position: position, piece: pieces.count - 1))
    points.append(
      GridPoint(
        x: min(max(Int(x.rounded()), box.minX), box.maxX), y: min(max(Int(y.rounded()), box.minY), box.maxY)))
  }

  /// Joins the pieces along the border.
  private mutating func join(
    _ rings: ArraySlice<GridGeometry.Part>, of geometry: borrowing GridGeometry, into out: inout GridGeometry
  ) {
    // Both ends of a piece stand side by side, its start first.
    let order = crossings.indices.sorted { crossings[$0].position < crossings[$1].position }
    var placeOf = [Int](repeating: 0, count: order.count)
    for (place, crossing) in order.enumerated() {
      placeOf[crossing] = place
      if crossing % 2 == 0 {
        pieces[crossings[crossing].piece].start = place
      } else {
        pieces[crossings[crossing].piece].end = place
      }
    }
    let positions = order.map { crossings[$0].position }
    let count = order.count
    func gap(_ place: Int) -> Double {
      place + 1 < count ? positions[place + 1] - positions[place] : positions[0] + perimeter - positions[place]
    }
    var longest = 0
    for place in 1..<count where gap(place) > gap(longest) { longest = place }
    let (x, y) = pointOnBorder(positions[longest] + gap(longest) / 2)
    let isLongestInside = isInside(x: x, y: y, rings, of: geometry)
    /// The crossing at the other end of the piece of border inside.
    func partner(_ place: Int) -> (place: Int, isAhead: Bool) {
      let isAhead = ((place - longest) % 2 == 0) == isLongestInside
      return (isAhead ? (place + 1) % count : (place + count - 1) % count, isAhead)
    }
    var isUsed = [Bool](repeating: false, count: pieces.count)
    for first in pieces.indices where !isUsed[first] {
      let start = out.points.count
      var (piece, isForward) = (first, true)
      while !isUsed[piece] {
        isUsed[piece] = true
        if isForward {
          out.points.append(contentsOf: points[pieces[piece].range])
        } else {
          out.points.append(contentsOf: points[pieces[piece].range].reversed())
        }
        let leaving = isForward ? pieces[piece].end : pieces[piece].start
        let (entering, isAhead) = partner(leaving)
        appendCorners(
          from: positions[leaving], to: positions[entering], isAhead: isAhead, wraps: isAhead == (entering <= leaving),
          into: &out)
        piece = crossings[order[entering]].piece
        isForward = order[entering] % 2 == 0
      }
      out.closePart(.exterior, from: start)
    }
  }

  /// Appends the corners of the box that are passed on the way along the border.
  private func appendCorners(
    from: Double, to: Double, isAhead: Bool, wraps: Bool, into out: inout GridGeometry
  ) {
    let corners: [(Double, GridPoint)] = [
      (0, GridPoint(x: box.minX, y: box.minY)), (width, GridPoint(x: box.maxX, y: box.minY)),
      (width + height, GridPoint(x: box.maxX, y: box.maxY)),
      (2 * width + height, GridPoint(x: box.minX, y: box.maxY)),
    ]
    let length: Double
    if isAhead {
      length = to - from + (wraps ? perimeter : 0)
    } else {
      length = from - to + (wraps ? perimeter : 0)
    }
    var passed: [(Double, GridPoint)] = []
    for (position, corner) in corners {
      var distance = isAhead ? position - from : from - position
      if distance < 0 { distance += perimeter }
      if distance > 0, distance < length { passed.append((distance, corner)) }
    }
    passed.sort { $0.0 < $1.0 }
    out.points.append(contentsOf: passed.map(\.1))
  }

  private func pointOnBorder(_ position: Double) -> (Double, Double) {
    var rest = position >= perimeter ? position - perimeter : position
    if rest < width { return (left + rest, top) }
    rest -= width
    if rest < height { return (right, top + rest) }
    rest -= height
    if rest < width { return (right - rest, bottom) }
    return (left, bottom - (rest - width))
  }

  /// Whether a point of the border lies within an odd number of rings. The way to the left decides, so that what lies
  /// wholly above, below or to the right may be simplified beforehand, and on the left too.
  private func isInside(
    x: Double, y: Double, _ rings: ArraySlice<GridGeometry.Part>, of geometry: borrowing GridGeometry
  ) -> Bool {
    var isInside = false
    for ring in rings {
      guard var previous = geometry.points[ring.range].last else { continue }
      for index in ring.range {
        let point = geometry.points[index]
        let (y0, y1) = (Double(previous.y), Double(point.y))
        if (y0 > y) != (y1 > y) {
          let crossing = Double(previous.x) + (y - y0) / (y1 - y0) * Double(point.x - previous.x)
          if crossing < x { isInside.toggle() }
        }
        previous = point
      }
    }
    return isInside
  }
}

extension GridGeometry {
  /// Joins neighbouring points of rings that are the same, and drops rings without an area.
  fileprivate mutating func dropIdlePoints() { round(by: 0, origin: GridPoint(x: 0, y: 0)) }

  /// Appends outer rings, each followed by its holes.
  mutating func append(_ exteriors: GridGeometry, holes: GridGeometry) {
    if exteriors.parts.count < 2 || holes.isEmpty {
      for part in exteriors.parts { append(part, of: exteriors) }
      if !exteriors.isEmpty { for part in holes.parts { append(part, of: holes) } }
      return
    }
    var ofExterior = [[Part]](repeating: [], count: exteriors.parts.count)
    for hole in holes.parts {
      let first = holes.points[hole.range.lowerBound]
      if let owner = exteriors.parts.firstIndex(where: {
        RingPlace.isInside(first, exteriors.points[$0.range])
      }) {
        ofExterior[owner].append(hole)
      }
    }
    for (part, itsHoles) in zip(exteriors.parts, ofExterior) {
      append(part, of: exteriors)
      for hole in itsHoles { append(hole, of: holes) }
    }
  }
}
