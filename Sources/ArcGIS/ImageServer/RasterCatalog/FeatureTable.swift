import Catalog
import JSONValue
import Worlds

/// Rows of a `query`'s answer, and how they are written.
struct FeatureTable {
  /// One row.
  struct Row {
    /// The values, one a column.
    var values: [FieldValue]
    /// The raster whose footprint goes with it; `nil` for rows without one.
    var raster: CatalogRaster?
  }

  /// The columns.
  let columns: [CatalogField]
  /// The rows.
  let rows: [Row]
  /// How footprints are written; `nil` for rows without.
  let shape: FootprintShape?
  /// Whether there are more rows than these.
  let isCut: Bool
  /// Whether each row is a raster, rather than what many of them share.
  let isOfRasters: Bool

  /// Esri's feature set (REST API 1.10).
  func json(for version: ServerVersion) -> JSON {
    var members: JSONObject = isOfRasters ? ["objectIdFieldName": "OBJECTID"] : [:]
    members["fieldAliases"] = .object(JSONObject(columns.map { ($0.name, .string($0.alias)) }))
    if let shape {
      members["geometryType"] = "esriGeometryPolygon"
      members["spatialReference"] = shape.target.json(for: version)
    }
    members["fields"] = .array(columns.map(\.json))
    members["features"] = .array(
      rows.map { row in
        var feature: JSONObject = ["attributes": attributes(of: row)]
        if let shape, let raster = row.raster { feature["geometry"] = shape.json(of: raster) }
        return .object(feature)
      })
    if isCut { members["exceededTransferLimit"] = true }
    return .object(members)
  }

  /// A feature collection of RFC 7946.
  var geoJSON: JSON {
    var members: JSONObject = ["type": "FeatureCollection"]
    members["features"] = .array(
      rows.map { row in
        var feature: JSONObject = ["type": "Feature"]
        if let raster = row.raster { feature["id"] = .int(Int(raster.objectId)) }
        feature["geometry"] = .optional(row.raster.flatMap { raster in shape?.geoJSON(of: raster) }) { $0 }
        feature["properties"] = attributes(of: row)
        return .object(feature)
      })
    // A member that the RFC does not know, and allows.
    if isCut { members["exceededTransferLimit"] = true }
    return .object(members)
  }

  /// The rows as a table of a page; object ids lead to the rasters.
  /// - Parameter service: the address of the service.
  func page(below service: String) -> PageContent {
    PageContent(
      tables: [
        PageContent.Table(
          columns: columns.map(\.alias),
          rows: rows.map { row in
            zip(columns, row.values).map { column, value in
              PageContent.Cell(
                text: value == .null ? "" : value.json.string ?? value.json.text(),
                address: column.type == .objectId ? "\(service)/\(value.json.text())" : nil)
            }
          })
      ], showsMembers: false)
  }

  private func attributes(of row: Row) -> JSON {
    .object(JSONObject(zip(columns, row.values).map { ($0.name, $1.json) }))
  }
}
