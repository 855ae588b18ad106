import Spatial

/// What the owner of a service says of it in `service.json`, and what holds where nothing is said: the defaults of
/// ArcGIS Server's own publishing.
public struct ServiceSettings: Sendable, Equatable {
  /// Free text, `description` and `serviceDescription` of the service root.
  public var description = ""
  /// Whom the data belongs to.
  public var copyrightText = ""
  /// The operations that are allowed, as the service root lists them: `Image`, `Catalog`, `Metadata`, `Download` …
  public var capabilities: [String]
  /// Whether a request has to carry a token.
  public var tokenRequired = false
  /// The item that stands for the service in the portal.
  public var portalItemId: String?
  /// The kind of data: `esriImageServiceDataTypeElevation` …; `nil` leaves it to the pixels.
  public var serviceDataType: String?
  /// The names of the bands; `nil` numbers them (`Band_1` …).
  public var bandNames: [String]?
  /// The reference of the service; `nil` leaves it to the rasters.
  public var spatialReference: SpatialReference?
  /// The order of the rasters where a request gives none.
  public var defaultMosaicMethod = MosaicMethod.northwest
  /// How overlapping pixels are folded: `First`, `Last`, `Min`, `Max`, `Mean`, `Blend` or `Sum`.
  public var mosaicOperator = "First"
  /// The field of the order by attribute.
  public var sortField = ""
  /// The value of the order by attribute.
  public var sortValue = FieldValue.null
  /// The direction of the order.
  public var sortAscending = true
  /// The fields that tell the time of the rasters; `nil` for a service without times.
  public var timeInfo: TimeInfo?
  /// The kernel: `Nearest`, `Bilinear`, `Cubic` or `Majority`.
  public var defaultResamplingMethod = "Bilinear"
  /// The quality of JPEG answers, 1 to 100.
  public var defaultCompressionQuality = 75
  /// The most columns of an exported image.
  public var maxImageWidth = 15000
  /// The most rows of an exported image.
  public var maxImageHeight = 4100
  /// The most items that a query answers.
  public var maxRecordCount = 1000
  /// The most rasters that a locked mosaic takes.
  public var maxMosaicImageCount = 20
  /// The most rasters of one download.
  public var maxDownloadImageCount = 20
  /// The most megabytes of one download.
  public var maxDownloadSizeLimit = 2048
  /// The tiles of the service.
  public var tiling = TilingSettings()
  /// Whether tile packages may be made.
  public var exportTilesAllowed = true
  /// The most tiles of one package.
  public var maxExportTilesCount = 100_000

  /// The settings of a service about which nothing is said.
  public init(kind: ServiceKind) {
    capabilities =
      switch kind {
      case .rasterDataset: ["Image", "Metadata", "Download", "Tilemap"]
      case .tileCache: ["TilesOnly", "Tilemap"]
      case .mosaicDataset: ["Image", "Catalog", "Metadata", "Download", "Tilemap"]
      }
  }

  /// The operators of `mosaicOperator`.
  public static let mosaicOperators = ["First", "Last", "Min", "Max", "Mean", "Blend", "Sum"]
  /// The kernels of `defaultResamplingMethod`.
  public static let resamplingMethods = ["Nearest", "Bilinear", "Cubic", "Majority"]
  /// The kinds of data of `serviceDataType`.
  public static let serviceDataTypes = [
    "Generic", "Elevation", "Thematic", "RGB", "Processed", "Scientific", "VectorUV", "VectorMagDir",
  ].map { "esriImageServiceDataType\($0)" }
}
