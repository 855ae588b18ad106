/// A column of a mosaic's raster catalog.
public struct CatalogField: Sendable, Hashable {
  /// The name, as clients write it.
  public let name: String
  /// The name shown to people.
  public let alias: String
  /// What the column holds.
  public let type: FieldType
  /// The longest text that the column holds; `nil` for other types.
  public let length: Int?

  /// The types of catalog fields, under the names of the REST API.
  public enum FieldType: String, Sendable, CaseIterable {
    case objectId = "esriFieldTypeOID"
    case geometry = "esriFieldTypeGeometry"
    case integer = "esriFieldTypeInteger"
    case double = "esriFieldTypeDouble"
    case string = "esriFieldTypeString"
    case date = "esriFieldTypeDate"
  }

  /// A field; without an alias the name is shown.
  public init(name: String, type: FieldType, alias: String? = nil, length: Int? = nil) {
    self.name = name
    self.alias = alias ?? name
    self.type = type
    self.length = length
  }

  /// The fields that every mosaic dataset has, in their order (REST API 1.2).
  public static let standard: [CatalogField] = [
    CatalogField(name: "OBJECTID", type: .objectId),
    CatalogField(name: "Shape", type: .geometry),
    CatalogField(name: "Name", type: .string, length: 200),
    CatalogField(name: "MinPS", type: .double),
    CatalogField(name: "MaxPS", type: .double),
    CatalogField(name: "LowPS", type: .double),
    CatalogField(name: "HighPS", type: .double),
    CatalogField(name: "Category", type: .integer),
    CatalogField(name: "Tag", type: .string, length: 100),
    CatalogField(name: "GroupName", type: .string, length: 100),
    CatalogField(name: "ProductName", type: .string, length: 100),
    CatalogField(name: "CenterX", type: .double),
    CatalogField(name: "CenterY", type: .double),
    CatalogField(name: "ZOrder", type: .integer),
    CatalogField(name: "Shape_Length", type: .double),
    CatalogField(name: "Shape_Area", type: .double),
  ]
}
