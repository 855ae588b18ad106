import JSONValue
import Spatial
import Worlds

extension SpatialReference {
  /// Reads a spatial reference as clients write it (REST API 4.8): a code, `EPSG:3857`, `{"wkid":…}`, `{"wkt":…}`, or
  /// the bare text of a definition. A code that is not known is tried no further.
  static func parse(_ text: String) -> SpatialReference? {
    if let number = finiteNumber(text) { return Int(exactly: number).flatMap { try? SpatialReference(wkid: $0) } }
    if text.hasPrefix("{") { return (try? JSON(parsing: text)).flatMap { SpatialReference.read($0) } }
    if let colon = text.firstIndex(of: ":"), ["epsg", "esri"].contains(text[..<colon].lowercased()) {
      return Int(text[text.index(after: colon)...]).flatMap { try? SpatialReference(wkid: $0) }
    }
    return try? SpatialReference(wkt: text)
  }

  /// Reads the member `spatialReference` of a geometry, or the value of a parameter.
  static func read(_ json: JSON) -> SpatialReference? {
    if let code = json.integer { return try? SpatialReference(wkid: code) }
    guard let object = json.object else { return nil }
    for name in ["wkid", "latestWkid"] {
      if let code = object[anyCase: name]?.integer, let found = try? SpatialReference(wkid: code) { return found }
    }
    for name in ["wkt", "wkt2"] {
      if let text = object[anyCase: name]?.string, let found = try? SpatialReference(wkt: text) { return found }
    }
    return nil
  }

  /// The reference as answers of the given release write it: `latestWkid` came with 10.1.
  func json(for version: ServerVersion) -> JSON {
    guard let code = wkid ?? latestWkid else { return ["wkt": .string(wkt ?? definition)] }
    guard let latest = latestWkid, version >= ServerVersion(10, 1) else { return ["wkid": .int(code)] }
    return ["wkid": .int(code), "latestWkid": .int(latest)]
  }
}

extension ParameterType where Value == SpatialReference {
  /// A code, JSON or text of a spatial reference.
  static let spatialReference = ParameterType(
    "a well-known id such as 3857, or a spatial reference as JSON: {\"wkid\":3857}, {\"wkt\":\"…\"}"
  ) { SpatialReference.parse($0) }
}
