import Worlds

/// `…/ImageServer/{rasterId}/info/ics` and `…/icsToPixel`: the image coordinate system of a raster that has one
/// (REST API 1.9.3). The rasters of a data folder lie on the ground and have none.
enum CatalogItemImageCoordinates {
  static let system = Operation(
    item: "info/ics", title: "Raster Image Coordinate System", "The image coordinate system, which no raster has.",
    since: ServerVersion(10, 7), weight: .heavy, run: refuse)

  static let pixels = Operation(
    item: "info/icsToPixel", title: "Raster ICS To Pixel", "From image coordinates, which no raster has, to pixels.",
    since: ServerVersion(10, 7), weight: .heavy, run: refuse)

  private static func refuse(_ call: Call) throws -> Answer {
    let raster = try call.catalogRaster()
    throw ArcGISError(
      code: 400, message: "Unable to complete operation.", details: ["The raster has no image coordinate system."],
      hint: "\(raster.name) is georeferenced: its coordinates are those of its spatial reference")
  }
}
