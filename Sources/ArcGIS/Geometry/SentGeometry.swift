import JSONValue
import Spatial

/// A geometry as a client sends it, perhaps with its own spatial reference (REST API 4.9).
struct SentGeometry: Sendable {
  /// The geometry; ordinates beyond the second are left out.
  let geometry: Geometry
  /// What the JSON form says; `nil` in the simple form.
  let spatialReference: SpatialReference?

  /// Why a text is no geometry.
  struct Problem: Error {
    /// What was expected, for the developer of the client.
    let expected: String
  }

  /// Points that a geometry may have.
  static let mostVertices = 100_000

  /// Reads the simple or the JSON form of a type.
  /// - Throws: `Problem` for another type, an empty geometry, an ordinate that is no finite number or not below 1e15, a
  ///   curve, and more than 100,000 points.
  init(_ unread: UnreadGeometry, as type: GeometryType) throws(Problem) {
    switch unread {
    case .numbers(let numbers):
      spatialReference = nil
      geometry = try Self.simple(numbers, type)
    case .object(let object):
      spatialReference = try Self.reference(of: object)
      geometry = try Self.read(object, type)
    }
    guard geometry.vertexCount <= Self.mostVertices else {
      throw Problem(expected: "at most \(Self.mostVertices) points")
    }
  }

  private static func reference(of object: JSONObject) throws(Problem) -> SpatialReference? {
    guard let sent = object[anyCase: "spatialReference"], !sent.isNull else { return nil }
    guard let reference = SpatialReference.read(sent) else {
      throw Problem(expected: "a spatialReference that is known")
    }
    return reference
  }

  private static func simple(_ numbers: [Double], _ type: GeometryType) throws(Problem) -> Geometry {
    switch (type, numbers.count) {
    case (.point, 2): return .point(try point(numbers[0], numbers[1]))
    case (.envelope, 4):
      return .envelope(Envelope(around: [try point(numbers[0], numbers[1]), try point(numbers[2], numbers[3])]))
    default: throw Problem(expected: "\(type.form), as geometryType is \(type.rawValue)")
    }
  }

  private static func read(_ object: JSONObject, _ type: GeometryType) throws(Problem) -> Geometry {
    for curve in ["curveRings", "curvePaths"] where object[anyCase: curve]?.isNull == false {
      throw Problem(expected: "straight edges: curves are not supported")
    }
    func member(_ name: String) throws(Problem) -> JSON {
      guard let value = object[anyCase: name] else {
        throw Problem(expected: "\(type.form), as geometryType is \(type.rawValue)")
      }
      return value
    }
    switch type {
    case .point: return .point(try point(try member("x").number, try member("y").number))
    case .envelope:
      let corners = [
        try point(try member("xmin").number, try member("ymin").number),
        try point(try member("xmax").number, try member("ymax").number),
      ]
      return .envelope(Envelope(around: corners))
    case .multipoint: return .multipoint(try points(try member("points"), atLeast: 1))
    case .polyline: return .polyline(try lines(try member("paths"), atLeast: 2))
    case .polygon:
      return .polygon(
        try lines(try member("rings"), atLeast: 3).map { ring in ring.first == ring.last ? ring : ring + [ring[0]] })
    }
  }

  private static func lines(_ json: JSON, atLeast count: Int) throws(Problem) -> [[Point]] {
    guard let parts = json.array, !parts.isEmpty else { throw Problem(expected: "at least one list of points") }
    var lines: [[Point]] = []
    for part in parts { lines.append(try points(part, atLeast: count)) }
    return lines
  }

  private static func points(_ json: JSON, atLeast count: Int) throws(Problem) -> [Point] {
    guard let parts = json.array, parts.count >= count else {
      throw Problem(expected: "lists of at least \(count) point\(count == 1 ? "" : "s")")
    }
    var points: [Point] = []
    points.reserveCapacity(parts.count)
    for part in parts { points.append(try point(part[0]?.number, part[1]?.number)) }
    return points
  }

  private static func point(_ x: Double?, _ y: Double?) throws(Problem) -> Point {
    guard let x, let y, x.isFinite, y.isFinite, abs(x) < 1e15, abs(y) < 1e15 else {
      throw Problem(expected: "points of two finite numbers below 1e15")
    }
    return Point(x: x, y: y)
  }
}

/// The text of a geometry, of which another parameter tells the type.
enum UnreadGeometry: Sendable {
  /// `x,y` or `xmin,ymin,xmax,ymax`.
  case numbers([Double])
  /// The JSON form.
  case object(JSONObject)
}

extension ParameterType where Value == UnreadGeometry {
  /// A geometry in the simple or the JSON form.
  static let geometry = ParameterType(
    "a geometry as JSON, or in the simple form x,y or xmin,ymin,xmax,ymax", control: .area
  ) { text in
    if text.hasPrefix("{") { return (try? JSON(parsing: text))?.object.map(UnreadGeometry.object) }
    return numberList(text, count: 2...4).map(UnreadGeometry.numbers)
  }
}
