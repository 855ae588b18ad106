/// A geometry object, or what may turn out to be one: its type may come behind its coordinates.
struct GeometryDraft {
  /// The text of `type`; `nil` without one.
  var type: String?
  /// The value of `coordinates`.
  var coordinates: CoordinateArray?
  /// Whether `geometries` came; those are in the feature already.
  var hasGeometries = false

  /// Puts the geometry into a feature.
  /// - Returns: what is wrong with it, if anything.
  func finish(into feature: inout SourceFeature) -> String? {
    guard let type else { return "a geometry has no type" }
    guard let known = GeoJSONType(rawValue: type) else { return "\"\(type.prefix(40))\" is no type of geometry" }
    if known == .geometryCollection {
      if hasGeometries { feature.hasGeometry = true }
      return hasGeometries ? nil : "a GeometryCollection has no geometries"
    }
    guard let height = known.height else { return "a \(type) stands where a geometry belongs" }
    guard let coordinates else { return "a \(type) has no coordinates" }
    if let flaw = coordinates.flaw { return flaw }
    // Nothing, which RFC 7946 (3.1) allows to be read as null.
    guard coordinates.height > 0 else { return nil }
    guard coordinates.height == height else {
      return "the coordinates of a \(type) nest \(coordinates.height) deep instead of \(height)"
    }
    feature.hasGeometry = true
    let base = feature.xs.count
    if base == 0 {
      feature.xs = coordinates.xs
      feature.ys = coordinates.ys
    } else {
      feature.xs.append(contentsOf: coordinates.xs)
      feature.ys.append(contentsOf: coordinates.ys)
    }
    func add(_ role: PartRole, _ range: Range<Int>) {
      feature.parts.append(SourceFeature.Part(role: role, range: base + range.lowerBound..<base + range.upperBound))
    }
    switch known {
    case .point, .multiPoint: add(.points, 0..<coordinates.xs.count)
    case .lineString, .multiLineString: Self.forEachRange(coordinates.lineEnds) { add(.line, $1) }
    case .polygon: Self.forEachRange(coordinates.lineEnds) { add($0 == 0 ? .exterior : .interior, $1) }
    case .multiPolygon:
      Self.forEachRange(coordinates.polygonEnds) { _, lines in
        for line in lines {
          let start = line == 0 ? 0 : coordinates.lineEnds[line - 1]
          add(line == lines.lowerBound ? .exterior : .interior, start..<coordinates.lineEnds[line])
        }
      }
    case .geometryCollection, .feature, .featureCollection: break
    }
    return nil
  }

  private static func forEachRange(_ ends: [Int], _ body: (Int, Range<Int>) -> Void) {
    var start = 0
    for (number, end) in ends.enumerated() {
      body(number, start..<end)
      start = end
    }
  }
}
