import Catalog

extension ImageService {
  /// The field of a name in any case; `nil` when there is none.
  func field(_ name: some StringProtocol) -> CatalogField? {
    let name = name.lowercased()
    return fields.first { $0.name.lowercased() == name }
  }

  /// The fields of a list of names with commas between them, each once. The footprint is no field of an answer: it is left
  /// out where it is named.
  /// - Parameter parameter: what is to blame for a name that is not there.
  func fields(named list: String, parameter: String) throws(ArcGISError) -> [CatalogField] {
    var found: [CatalogField] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = Arguments.trimmed(String(part))
      guard let field = field(name) else {
        throw .invalid(parameter, expected: "fields of the catalog; there is no \(name.isEmpty ? "empty one" : name)")
      }
      if field.type != .geometry, !found.contains(field) { found.append(field) }
    }
    return found
  }

  /// The fields that answers have where all are asked for: all but the footprint.
  var attributeFields: [CatalogField] { fields.filter { $0.type != .geometry } }
}
