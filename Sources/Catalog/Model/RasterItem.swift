/// The catalog fields of a raster that its owner may set in `service.json`.
struct RasterItem: Sendable, Equatable {
  var minPS = 0.0
  var maxPS: Double?
  var lowPS: Double
  var highPS: Double
  var category = 1
  var tag = "Dataset"
  var groupName = ""
  var productName = ""
  var zOrder: Int?
  var attributes: [String: FieldValue] = [:]
}
