/// The forms in which an answer can be asked for, the parameter `f` (REST API 4.6).
public enum ResponseFormat: String, CaseIterable, Sendable {
  case html, json, pjson, image, kmz, geojson

  /// The format of a text, whatever its case.
  init?(text: String) {
    self.init(rawValue: text.lowercased())
  }

  /// How the Services Directory's forms call it.
  var title: String {
    switch self {
    case .image: "Image"
    case .geojson: "GeoJSON"
    default: rawValue.uppercased()
    }
  }
}
