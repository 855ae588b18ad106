import Catalog
import Codecs
import Datasets
import Pixels
import Spatial
import Warp
import Worlds

/// What a request asks of a picture, with the service's defaults filled in, and the way from there to bytes:
/// plan, pixels, pixel type, stretch, encoder (REST API 1.3.3).
struct PictureRequest {
  /// Bytes of samples that one picture may have: below the limits of width and height, many bands could still ask for
  /// more memory than there is.
  private static let memoryLimit = 512 << 20

  private let call: Call
  private let view: ImageView
  private let rule: MosaicRule
  private let style: PictureStyle

  /// Checks what the parameters say against the service.
  /// - Parameters:
  ///   - only: the one raster to draw; without it the mosaic rule of the request decides.
  ///   - format: the format where it is not the request's to choose.
  /// - Throws: `ArcGISError` for what the service does not have.
  init(
    _ call: Call, service: ImageService, view: ImageView, only raster: CatalogRaster? = nil, format: ImageFormat? = nil
  ) throws(ArcGISError) {
    self.call = call
    self.view = view
    if let rule = call[ExportParameters.renderingRule], !RenderingRule.isNone(.object(rule)) {
      throw .notSupported("renderingRule: raster functions are not there yet")
    }
    if call[ExportParameters.validateExtent] == true, !view.asksForNoMore(than: service) {
      throw .invalid("bbox", expected: "a box within the extent of the service, because validateExtent is true")
    }
    if let bands = call[ExportParameters.bandIds], !bands.allSatisfy((0..<service.bandCount).contains) {
      throw .invalid("bandIds", expected: "numbers from 0 to \(service.bandCount - 1)")
    }
    if let raster { rule = MosaicRule(locking: raster.objectId) } else { rule = try call.mosaicRule }
    if let locked = rule.lockRasterIds, locked.count > service.settings.maxMosaicImageCount {
      throw .invalid("mosaicRule", expected: "at most \(service.settings.maxMosaicImageCount) lockRasterIds")
    }
    let asked = format ?? call[ExportParameters.format] ?? ExportParameters.defaultFormat(in: call.version)
    style = try call.style(
      of: service,
      // A viewer of KMZ draws pictures only.
      format: call.format == .kmz && asked.holdsEveryPixelType ? .png32 : asked)
    let bytes =
      view.grid.width * view.grid.height * (style.bandIds?.count ?? service.bandCount) * style.widestSample
    guard bytes <= Self.memoryLimit else {
      throw .invalid(
        detail: ArcGISError.sizeLimitDetail, hint: "size: expected at most \(Self.memoryLimit) bytes of samples")
    }
  }

  /// Draws and encodes the picture.
  func draw() throws -> EncodedImage {
    let selection = try RasterSelection(
      rule, time: call[RequestedTime.parameter], service: style.service, view: view, resampling: style.resampling,
      site: call.site)
    let plan = style.plan(view.grid, selection, datumTransformation: view.datumTransformation)
    let rendering = try plan.render(through: call.site.blocks, isCancelled: call.isCancelled)
    for warning in rendering.warnings {
      call.site.logger.warning("\(style.service.path): \(warning.source): \(warning.reason)")
    }
    return try style.encode(rendering.block, of: view.grid, site: call.site)
  }
}

extension Call {
  /// What the request says of pixels and file, the rest as the service has it.
  fileprivate func style(of service: ImageService, format: ImageFormat) throws(ArcGISError) -> PictureStyle {
    var style = PictureStyle(of: service, format: format)
    if let resampling = self[ExportParameters.interpolation] { style.resampling = resampling }
    style.bandIds =
      self[ExportParameters.bandIds]
      ?? PictureStyle.displayBands(of: service, format: format, hasRule: self[ExportParameters.noData] != nil)
    if case .type(let type) = self[ExportParameters.pixelType] { style.pixelType = type }
    style.noData = self[ExportParameters.noData]
    style.noDataRule = style.noData.map { values in
      NoDataRule(
        values: values, match: self[ExportParameters.noDataInterpretation].map { $0 == .any ? .any : .all })
    }
    style.compression = try value(ExportParameters.compression).tiff
    if let quality = self[ExportParameters.compressionQuality] { style.compressionQuality = quality }
    style.compressionTolerance = self[ExportParameters.compressionTolerance]
    style.lercVersion = try value(ExportParameters.lercVersion)
    // The rendering rule None switches the colours of a palette off (REST API 1.3.3).
    style.showsColors = self[ExportParameters.renderingRule]?[anyCase: "rasterFunction"]?.string?.lowercased() != "none"
    return style
  }
}

extension Call {
  /// The mosaic rule of the request: JSON, else the XML of 9.3, else one that says nothing.
  fileprivate var mosaicRule: MosaicRule {
    get throws(ArcGISError) {
      if let rule = self[ExportParameters.mosaicRule] { return rule }
      var rule = self[ExportParameters.mosaicProperties] ?? MosaicRule()
      if let viewpoint = self[ExportParameters.viewpointProperties] { rule.viewpoint = (viewpoint, nil) }
      return rule
    }
  }
}
