import JSONValue
import Spatial

/// Polygons whose tiles are exported, as clients send them: a feature set, a feature, or a polygon (REST API 1.25).
struct RequestedArea: Sendable {
  /// A polygon of closed rings with the spatial reference that its JSON has.
  struct Polygon: Sendable {
    var rings: [[Point]]
    var spatialReference: SpatialReference?
  }

  /// The polygons, at least one.
  let polygons: [Polygon]

  private static let mostDepth = 8

  /// Reads JSON. `nil` when there is no polygon in it, when one of them is none, and when a spatial reference is not known.
  init?(_ text: String) {
    guard let json = (try? JSON(parsing: text)) ?? Self.mended(text) else { return nil }
    var polygons: [Polygon] = []
    guard Self.collect(json, reference: nil, depth: 0, into: &polygons), !polygons.isEmpty,
      polygons.reduce(0, { $0 + $1.rings.reduce(0) { $0 + $1.count } }) <= SentGeometry.mostVertices
    else { return nil }
    self.polygons = polygons
  }

  /// Adds the polygons of a value. A reference beside them holds for those that have none of their own.
  private static func collect(
    _ json: JSON, reference: SpatialReference?, depth: Int, into polygons: inout [Polygon]
  ) -> Bool {
    guard let object = json.object, depth < mostDepth else { return false }
    var reference = reference
    if let sent = object[anyCase: "spatialReference"], !sent.isNull {
      guard let known = SpatialReference.read(sent) else { return false }
      reference = known
    }
    if object[anyCase: "rings"] != nil {
      guard let sent = try? SentGeometry(.object(object), as: .polygon), case .polygon(let rings) = sent.geometry else {
        return false
      }
      polygons.append(Polygon(rings: rings, spatialReference: sent.spatialReference ?? reference))
      return true
    }
    if let geometry = object[anyCase: "geometry"] {
      return collect(geometry, reference: reference, depth: depth + 1, into: &polygons)
    }
    if let features = object[anyCase: "features"]?.array {
      return features.allSatisfy { collect($0, reference: reference, depth: depth + 1, into: &polygons) }
    }
    guard object[anyCase: "xmin"] != nil, let box = try? SentGeometry(.object(object), as: .envelope) else {
      return false
    }
    polygons.append(
      Polygon(rings: [box.geometry.envelope.ring], spatialReference: box.spatialReference ?? reference))
    return true
  }

  /// Rings and reference out of a text whose brackets don't match, as a documented example has it: a client that
  /// copies it means a polygon.
  private static func mended(_ text: String) -> JSON? {
    guard let rings = value(of: "rings", in: text) else { return nil }
    var object: JSONObject = ["rings": rings]
    if let reference = value(of: "spatialReference", in: text) { object["spatialReference"] = reference }
    return .object(object)
  }

  /// The list or object behind the first member of a name.
  private static func value(of name: String, in text: String) -> JSON? {
    let bytes = Array(text.utf8)
    let quoted = Array("\"\(name)\"".utf8)
    guard let place = bytes.firstRange(of: quoted) else { return nil }
    let opening = [UInt8(ascii: "["), UInt8(ascii: "{")]
    guard let start = bytes[place.upperBound...].firstIndex(where: opening.contains) else { return nil }
    var depth = 0
    for index in start..<bytes.count {
      if opening.contains(bytes[index]) { depth += 1 }
      guard [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[index]) else { continue }
      depth -= 1
      if depth == 0 { return try? JSON(parsing: Array(bytes[start...index])) }
    }
    return nil
  }
}

extension ParameterType where Value == RequestedArea {
  /// Polygons as JSON.
  static let area = ParameterType(
    "a polygon as JSON: {\"features\":[{\"geometry\":{\"rings\":[…],\"spatialReference\":{\"wkid\":4326}}}]} or {\"rings\":[…]}",
    control: .area
  ) { RequestedArea($0) }
}
