/// The values of `geometryType` (REST API 4.9).
enum GeometryType: String, CaseIterable, Sendable {
  case point = "esriGeometryPoint"
  case multipoint = "esriGeometryMultipoint"
  case polyline = "esriGeometryPolyline"
  case polygon = "esriGeometryPolygon"
  case envelope = "esriGeometryEnvelope"

  /// How a geometry of the type is written.
  var form: String {
    switch self {
    case .point: "x,y or {\"x\":1,\"y\":2}"
    case .multipoint: "{\"points\":[[1,2],[3,4]]}"
    case .polyline: "{\"paths\":[[[1,2],[3,4]]]}"
    case .polygon: "{\"rings\":[[[0,0],[0,1],[1,1],[0,0]]]}"
    case .envelope: "xmin,ymin,xmax,ymax or {\"xmin\":0,\"ymin\":0,\"xmax\":1,\"ymax\":1}"
    }
  }
}
