import Catalog
import Spatial
import Worlds

/// `…/ImageServer/{rasterId}/image`: draws one raster, whatever lies on it (REST API 1.9.2).
enum CatalogItemImage {
  private static let bbox = Parameter(
    "bbox", title: "Bounding Box", .envelope, defaultText: "the extent of the raster",
    "The box to draw, in the spatial reference of bboxSR.")

  static let operation = Operation(
    item: "image", title: "Raster Image", "Draws the raster.", since: ServerVersion(10, 0),
    formats: [.html, .json, .pjson, .image],
    parameters: [
      bbox, ExportParameters.bboxSR, ExportParameters.size, ExportParameters.imageSR, ExportParameters.format,
      ExportParameters.pixelType, ExportParameters.noData, ExportParameters.noDataInterpretation,
      ExportParameters.interpolation, ExportParameters.compression, ExportParameters.compressionQuality,
      ExportParameters.bandIds, ExportParameters.renderingRule, ExportParameters.adjustAspectRatio,
      ExportParameters.lercVersion, ExportParameters.compressionTolerance,
    ],
    form: true, weight: .heavy, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    guard service.settings.capabilities.contains("Image") else {
      throw ArcGISError.notSupported("\(call.operation.path) needs the capability Image")
    }
    let raster = try call.catalogRaster()
    let sent = call[bbox]
    let view = try ImageView(
      sent ?? SentEnvelope(raster.footprint, in: service.spatialReference), boxReference: call[ExportParameters.bboxSR],
      reference: call[ExportParameters.imageSR], size: try call.value(ExportParameters.size),
      square: try call.value(ExportParameters.adjustAspectRatio), of: service)
    return try ExportImage.answer(
      try PictureRequest(call, service: service, view: view, only: raster).draw(), view: view, service: service,
      call: call)
  }
}
