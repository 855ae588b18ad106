import Catalog
import Codecs
import Pixels
import Spatial
import Warp

/// How pictures are made of the pixels of a service, whatever part they show: bands, pixel type, stretch and encoder
/// (REST API 1.3.3). The same style over the same pixels gives the same bytes.
struct PictureStyle: Sendable {
  /// The service.
  let service: ImageService
  /// The kernel.
  var resampling: Resampling
  /// The format of the file.
  var format: ImageFormat
  /// The bands to draw; `nil` for all.
  var bandIds: [Int]?
  /// The type of samples that is asked for; `nil` leaves them as they are.
  var pixelType: PixelType?
  /// Pixels that hold no data, besides those that the rasters declare.
  var noDataRule: NoDataRule?
  /// What stands for no data in formats that write it; `nil` for the values that the rasters share.
  var noData: [Double]?
  /// How the samples of a TIFF are compressed.
  var compression = Codecs.Compression.none
  /// The quality of JPEG.
  var compressionQuality: Int
  /// The greatest error of LERC.
  var compressionTolerance: Double?
  /// The generation of LERC.
  var lercVersion = 2
  /// Whether a palette's colours are drawn, rather than its indices.
  var showsColors = true

  /// A style that leaves all to the service.
  init(of service: ImageService, format: ImageFormat) {
    self.service = service
    self.format = format
    resampling = service.resampling
    compressionQuality = service.settings.defaultCompressionQuality
    bandIds = Self.displayBands(of: service, format: format)
  }

  /// Formats of 8 bits show one band or three, so no more are read; unless the others decide which pixels hold data.
  /// - Parameter hasRule: whether a request says which values are no data.
  static func displayBands(of service: ImageService, format: ImageFormat, hasRule: Bool = false) -> [Int]? {
    guard !format.holdsEveryPixelType, service.noData.allSatisfy({ $0 == nil }), !hasRule else { return nil }
    switch service.bandCount {
    case 2: return [0]
    case 4...: return [0, 1, 2]
    default: return nil
    }
  }

  /// Bytes of a sample of the data, or as it is asked for.
  var widestSample: Int { max(pixelType?.stride ?? 0, service.pixelType.stride) }

  /// The plan of a picture.
  func plan(_ grid: TargetGrid, _ selection: RasterSelection, datumTransformation: DatumTransformation? = nil)
    -> RenderPlan
  {
    RenderPlan(
      grid: grid, sources: selection.sources, resampling: resampling, operation: selection.operation,
      bandIds: bandIds, datumTransformation: datumTransformation, noData: noDataRule,
      pixelType: service.pixelType, bands: bandIds?.count ?? service.bandCount)
  }

  /// Encodes the pixels of a picture.
  /// - Throws: `CatalogError`, `EncodingError`.
  func encode(_ block: PixelBlock, of grid: TargetGrid, site: Site) throws -> EncodedImage {
    var block = block
    if let pixelType, pixelType != block.pixelType { block = block.converted(to: pixelType) }
    if !format.holdsEveryPixelType && (block.pixelType.bits > 8 || block.pixelType == .s8) {
      block = try stretch(for: block, site).apply(to: block)
    }
    return try format.encode(block, options: options(for: block, of: grid))
  }

  /// The default stretch: by the statistics of the service, elevations from least to greatest, other data two standard
  /// deviations about the mean; without statistics by the picture's own extremes.
  private func stretch(for block: PixelBlock, _ site: Site) throws -> Stretch {
    let statistics = try site.statistics(of: service)
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

  private func options(for block: PixelBlock, of grid: TargetGrid) -> EncodingOptions {
    EncodingOptions(
      compression: compression, compressionQuality: compressionQuality, compressionTolerance: compressionTolerance,
      lercVersion: lercVersion, noData: noData ?? ownNoData,
      georeference: Codecs.Georeference(envelope: grid.envelope, spatialReference: grid.spatialReference),
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
