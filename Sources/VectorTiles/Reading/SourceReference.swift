import JSONValue
import Spatial

/// The `crs` member of GeoJSON before RFC 7946.
enum SourceReference {
  /// The reference that the member's value names: `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}}`, or
  /// GeoJSON 2006's `{"type":"EPSG","properties":{"code":3857}}`.
  static func named(by crs: JSON) throws(SpatialError) -> SpatialReference {
    let properties = crs["properties"]
    if let code = properties?["code"]?.integer { return try SpatialReference(wkid: code) }
    guard let name = properties?["name"]?.string ?? crs.string else {
      throw .unknown("The member crs names no spatial reference.")
    }
    let last = name.split(whereSeparator: { $0 == ":" || $0 == "/" || $0 == "#" }).last.map(String.init) ?? name
    switch last.uppercased() {
    case "CRS84", "CRS84H", "WGS84", "WGS 84": return .wgs84
    default: break
    }
    guard name.utf8.count < 200, let code = Int(last) else {
      return try SpatialReference(wkt: name)
    }
    return try SpatialReference(wkid: code)
  }
}
