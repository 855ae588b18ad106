/// What can be asked of a spatial reference beyond its codes.
struct ReferenceProperties: Sendable {
  var esriWKT: String
  var wkt2: String
  var metersPerUnit: Double
}
