import Catalog

extension FuzzTarget {
  /// A condition over the fields that every catalog has.
  static let whereText = FuzzTarget(name: "WhereText") { input in
    _ = try? WhereClause(parsing: String(decoding: input, as: UTF8.self), fields: CatalogField.standard)
  }
}
