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
  private let service: ImageService
  private let view: ImageView
  private let rule: MosaicRule
  private let resampling: Resampling
  private let bandIds: [Int]?
  private let format: ImageFormat

  /// Checks what the parameters say against the service.
  /// - Parameters:
  ///   - only: the one raster to draw; without it the mosaic rule of the request decides.
  ///   - format: the format where it is not the request's to choose.
  /// - Throws: `ArcGISError` for what the service does not have.
  init(
    _ call: Call, service: ImageService, view: ImageView, only raster: CatalogRaster? = nil, format: ImageFormat? = nil
  ) throws(ArcGISError) {
    self.call = call
    self.service = service
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
    resampling = call[ExportParameters.interpolation] ?? service.resampling
    let asked = format ?? call[ExportParameters.format] ?? ExportParameters.defaultFormat(in: call.version)
    // A viewer of KMZ draws pictures only.
    self.format = call.format == .kmz && asked.holdsEveryPixelType ? .png32 : asked
    bandIds = call[ExportParameters.bandIds] ?? Self.displayBands(of: service, format: self.format, call)
    let bytes = view.grid.width * view.grid.height * (bandIds?.count ?? service.bandCount) * widestSample
    guard bytes <= Self.memoryLimit else {
      throw .invalid(
        detail: ArcGISError.sizeLimitDetail, hint: "size: expected at most \(Self.memoryLimit) bytes of samples")
    }
  }

  /// Formats of 8 bits show one band or three, so no more are read; unless the others decide which pixels hold data.
  private static func displayBands(of service: ImageService, format: ImageFormat, _ call: Call) -> [Int]? {
    guard !format.holdsEveryPixelType, service.noData.allSatisfy({ $0 == nil }), call[ExportParameters.noData] == nil
    else { return nil }
    switch service.bandCount {
    case 2: return [0]
    case 4...: return [0, 1, 2]
    default: return nil
    }
  }

  /// Bytes of a sample of the data, or as it is asked for.
  private var widestSample: Int {
    guard case .type(let type) = call[ExportParameters.pixelType] else { return service.pixelType.stride }
    return max(type.stride, service.pixelType.stride)
  }

  /// Draws and encodes the picture.
  func draw() throws -> EncodedImage {
    let selection = try RasterSelection(
      rule, time: call[RequestedTime.parameter], service: service, view: view, resampling: resampling, site: call.site)
    let plan = RenderPlan(
      grid: view.grid, sources: selection.sources, resampling: resampling, operation: selection.operation,
      bandIds: bandIds, datumTransformation: view.datumTransformation, noData: noDataRule,
      pixelType: service.pixelType, bands: bandIds?.count ?? service.bandCount)
    let rendering = try plan.render(through: call.site.blocks, isCancelled: call.isCancelled)
    for warning in rendering.warnings {
      call.site.logger.warning("\(service.path): \(warning.source): \(warning.reason)")
    }
    var block = rendering.block
    if case .type(let type) = call[ExportParameters.pixelType], type != block.pixelType {
      block = block.converted(to: type)
    }
    if !format.holdsEveryPixelType && (block.pixelType.bits > 8 || block.pixelType == .s8) {
      block = try stretch(for: block).apply(to: block)
    }
    return try format.encode(block, options: try options(for: block))
  }

  private var noDataRule: NoDataRule? {
    call[ExportParameters.noData].map { values in
      NoDataRule(
        values: values,
        match: call[ExportParameters.noDataInterpretation].map { $0 == .any ? .any : .all })
    }
  }

  /// The default stretch: by the statistics of the service, elevations from least to greatest, other data two standard
  /// deviations about the mean; without statistics by the picture's own extremes.
  private func stretch(for block: PixelBlock) throws -> Stretch {
    let statistics = try call.site.statistics(of: service)
    guard !statistics.isEmpty else { return Stretch(extremesOf: block) }
    let bands = bandIds ?? Array(0..<service.bandCount)
    return Stretch(
      ranges: bands.map { band in
        let band = statistics[min(band, statistics.count - 1)]
        guard service.dataType != "esriImageServiceDataTypeElevation" else { return band.min...band.max }
        let low = max(band.min, band.mean - 2 * band.standardDeviation)
        return low...max(low, min(band.max, band.mean + 2 * band.standardDeviation))
      })
  }

  /// The rendering rule None switches the colours of a palette off (REST API 1.3.3).
  private var showsColors: Bool {
    call[ExportParameters.renderingRule]?[anyCase: "rasterFunction"]?.string?.lowercased() != "none"
  }

  private func options(for block: PixelBlock) throws(ArcGISError) -> EncodingOptions {
    EncodingOptions(
      compression: try call.value(ExportParameters.compression).tiff,
      compressionQuality: call[ExportParameters.compressionQuality] ?? service.settings.defaultCompressionQuality,
      compressionTolerance: call[ExportParameters.compressionTolerance],
      lercVersion: try call.value(ExportParameters.lercVersion),
      noData: call[ExportParameters.noData] ?? ownNoData,
      georeference: Codecs.Georeference(envelope: view.grid.envelope, spatialReference: view.grid.spatialReference),
      colormap: showsColors && block.bands == 1 && block.pixelType.bits <= 8 ? service.colormap : nil)
  }

  /// The nodata values that the rasters share, for the bands drawn; `nil` when a band has none.
  private var ownNoData: [Double]? {
    let values = (bandIds ?? Array(0..<service.bandCount)).compactMap {
      service.noData.indices.contains($0) ? service.noData[$0] : nil
    }
    return values.count == bandIds?.count ?? service.bandCount ? values : nil
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
