import Catalog
import JSONValue
import Worlds

/// `…/ImageServer/{rasterId}/info/keyProperties`: facts about one raster (REST API 1.19).
enum CatalogItemKeyProperties {
  static let operation = Operation(
    item: "info/keyProperties", title: "Raster Key Properties", "Facts about the raster, band names among them.",
    since: ServerVersion(10, 1), weight: .heavy, stable: true
  ) { call in
    let service = try call.imageService()
    let raster = try call.catalogRaster()
    var properties: JSONObject = [
      "BandProperties": .array(service.bandNames.prefix(raster.info.bands).map { ["BandName": .string($0)] })
    ]
    if !raster.productName.isEmpty { properties["ProductName"] = .string(raster.productName) }
    for field in service.fields {
      if let value = raster.attributes[field.name], value != .null { properties[field.name] = value.json }
    }
    return .json(.object(properties))
  }
}
