import Catalog
import Codecs
import JSONValue
import Spatial
import Worlds

/// `…/ImageServer/exportImage`: draws a part of the service as a picture (REST API 1.3).
enum ExportImage {
  static let operation = Operation(
    "exportImage", title: "Export Image", "Draws a part of the service as a picture.", scope: .imageService,
    capability: "Image", formats: [.html, .json, .pjson, .image, .kmz],
    parameters: [
      ExportParameters.bbox, ExportParameters.bboxSR, ExportParameters.size, ExportParameters.imageSR,
      ExportParameters.datumTransformation, RequestedTime.parameter, ExportParameters.format,
      ExportParameters.pixelType, ExportParameters.noData, ExportParameters.noDataInterpretation,
      ExportParameters.interpolation, ExportParameters.compression, ExportParameters.compressionQuality,
      ExportParameters.bandIds, ExportParameters.sliceId, ExportParameters.mosaicRule, ExportParameters.renderingRule,
      ExportParameters.adjustAspectRatio, ExportParameters.validateExtent, ExportParameters.lercVersion,
      ExportParameters.compressionTolerance, ExportParameters.mosaicProperties, ExportParameters.viewpointProperties,
    ],
    weight: .heavy, run: run)

  private static func run(_ call: Call) throws -> Answer {
    let service = try call.imageService()
    let view = try ImageView(
      try call.value(ExportParameters.bbox), boxReference: call[ExportParameters.bboxSR],
      // Google Earth knows degrees alone.
      reference: call.format == .kmz ? .wgs84 : call[ExportParameters.imageSR],
      datumTransformation: try call[ExportParameters.datumTransformation]?.resolved(),
      size: try call.value(ExportParameters.size), square: try call.value(ExportParameters.adjustAspectRatio),
      of: service)
    return try answer(
      try PictureRequest(call, service: service, view: view).draw(), view: view, service: service, call: call)
  }

  /// A picture in the form that was asked for: itself, an archive, or where it can be fetched.
  static func answer(_ picture: EncodedImage, view: ImageView, service: ImageService, call: Call) throws -> Answer {
    switch call.format {
    case .image:
      return .bytes(picture.bytes, type: picture.contentType)
    case .kmz:
      return .bytes(
        KMZ(picture: picture, envelope: view.grid.envelope, name: service.name).archive(),
        type: KML.archiveType, name: "\(service.name).kmz")
    default:
      let href = try call.site.outputs.store(
        picture.bytes, in: "arcgisoutput/\(service.identifier.outputDirectory)", extension: picture.fileExtension,
        of: call.world)
      return .json(
        answer(href: "\(call.address.directories)/\(href)", view: view, version: call.version),
        page: PageContent(picture: "\(call.address.path)/rest/directories/\(href)"))
    }
  }

  /// `scale` came after 9.3 and is 0 for image services.
  private static func answer(href: String, view: ImageView, version: ServerVersion) -> JSON {
    var answer: JSONObject = [
      "href": .string(href), "width": .int(view.grid.width), "height": .int(view.grid.height),
      "extent": view.grid.envelope.json(in: view.grid.spatialReference, for: version),
    ]
    if version >= ServerVersion(10, 0) { answer["scale"] = 0 }
    return .object(answer)
  }
}
