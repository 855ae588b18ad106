/// What can be asked of a spatial reference beyond its codes.
struct ReferenceProperties: Sendable {
  /// WKT 1 in Esri's dialect.
  var esriWKT: String
  /// WKT 1 as OGC defines it, with codes; `nil` where it has no words for the projection.
  var wkt1: String?
  /// WKT 2.
  var wkt2: String
  /// Metres or radians that one unit of the coordinates is.
  var unitSize: Double
  /// Half the longest diameter of the ellipsoid in metres.
  var semiMajorAxis: Double
}
