import Catalog
import Spatial
import Worlds

/// `…/ImageServer/{rasterId}/info/thumbnail`, and the older `…/{rasterId}/thumbnail`: a small picture of a raster
/// (REST API 1.9.4).
enum CatalogItemThumbnail {
  static let operation = Operation(
    item: "thumbnail", title: "Raster Thumbnail", "A small picture of the raster.", since: ServerVersion(10, 0),
    formats: [], weight: .heavy, run: run)

  /// The same where 10.1 put it.
  static let ofInfo = Operation(
    item: "info/thumbnail", title: "Thumbnail", "A small picture of the raster.", since: ServerVersion(10, 1),
    formats: [], weight: .heavy, run: run)

  /// Columns of the picture.
  private static let width = 200

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    let raster = try call.catalogRaster()
    let footprint = raster.footprint
    let rows = (Double(width) * footprint.height / footprint.width).rounded()
    let view = try ImageView(
      SentEnvelope(footprint, in: service.spatialReference), boxReference: nil, reference: nil,
      size: PictureSize(width: width, height: Int(min(max(rows, 1), 4 * Double(width)))), square: true, of: service)
    let picture = try PictureRequest(call, service: service, view: view, only: raster, format: .png).draw()
    return .bytes(picture.bytes, type: picture.contentType)
  }
}
