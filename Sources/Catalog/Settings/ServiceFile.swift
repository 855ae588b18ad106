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
}
