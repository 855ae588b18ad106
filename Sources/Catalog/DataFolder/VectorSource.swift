/// A file or folder of the data folder that becomes a vector tile service.
struct VectorSource: Sendable {
  /// The path inside the data folder.
  let path: String
  /// The services folder; `nil` at the root.
  let folder: String?
  /// The name of the service.
  let name: String
  /// The package that holds its tiles; `nil` where they are cut.
  let package: String?
  /// The files that tiles are cut of, by name.
  let layers: [String]
  /// The folder of its styles, sprites and fonts.
  let resources: String?
  /// The path of `service.json`.
  let settings: String?

  /// Extensions of layers: GeoJSON, and GeoJSON a feature a line.
  static let layerExtensions: Set<String> = ["geojson", "geojsonl", "geojsons", "ndjson"]
}
