/// What stands in a `service.json`.
struct ServiceFile: Sendable, Equatable {
  /// The settings of the service.
  var settings: ServiceSettings
  /// Fields that the rasters' attributes add to the catalog, in the order of their first use.
  var fields: [CatalogField] = []
  /// Attributes by file name: standard fields that are overridden, and the added ones.
  var rasters: [String: [String: FieldValue]] = [:]
  /// Members that mean nothing here, and values that can't be used, one sentence each.
  var warnings: [String] = []

  /// A service about which nothing is said.
  init(kind: ServiceKind) { settings = ServiceSettings(kind: kind) }

  /// What the file says that can't be, one sentence each: attributes of a missing raster, an unknown sort field, a time that
  /// ends before it starts.
  func mismatches(with source: ServiceSource) -> [String] {
    let names = Set(source.rasters.map { $0.files[0].name })
    var sentences = rasters.keys.filter { !names.contains($0) }.sorted().map {
      "\"\($0)\" has attributes but is not a raster of this service"
    }
    let sortField = settings.sortField.lowercased()
    if !sortField.isEmpty, !(CatalogField.standard + fields).contains(where: { $0.name.lowercased() == sortField }) {
      sentences.append("\"sortField\" names \(settings.sortField), which is not a field of this service")
    }
    if let timeInfo = settings.timeInfo {
      sentences += rasters.filter { timeInfo.isReversed($0.value) }.keys.sorted().map {
        "\"\($0)\" has no time: its \(timeInfo.endField) is before its \(timeInfo.startField)"
      }
    }
    return sentences
  }
}
