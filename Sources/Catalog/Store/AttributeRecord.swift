import GRDB

/// A row of the table `attribute`: the value of an added field for one raster.
enum AttributeRecord {
  /// The attributes of a service's rasters by the rasters' keys and the fields' names.
  static func fetchAll(_ db: Database, service: Int64, where condition: SQLCondition?) throws -> [Int64: [String:
    FieldValue]]
  {
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT attribute.raster, attribute.field, attribute.value FROM attribute WHERE attribute.raster IN (
          SELECT raster.id FROM raster WHERE service = ?\(condition.map { " AND \($0.sql)" } ?? ""))
        """, arguments: [service] + (condition?.arguments ?? []))
    var attributes: [Int64: [String: FieldValue]] = [:]
    while let row = try cursor.next() {
      attributes[row[0], default: [:]][row[1]] = FieldValue.fromDatabaseValue(row[2]) ?? .null
    }
    return attributes
  }
}
