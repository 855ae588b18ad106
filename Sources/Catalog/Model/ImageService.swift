import Pixels
import Spatial

/// An image service of the data folder, as its root describes it.
public struct ImageService: Sendable, Identifiable {
  /// The key in the catalog. Never given to another service as long as the state folder lives.
  public let id: Int64
  /// The services folder; `nil` at the root.
  public let folder: String?
  /// The name without its folder.
  public let name: String
  /// One raster or a mosaic of them.
  public let kind: ServiceKind
  /// The reference of `extent`, of all footprints and cell sizes. What `service.json` says; else that of the rasters
  /// when it is common to them; else WGS 84 when all are geographic; else Web Mercator.
  public let spatialReference: SpatialReference
  /// The smallest envelope around all footprints.
  public let extent: Envelope
  /// Width of the finest raster's pixels, in units of `spatialReference`.
  public let pixelSizeX: Double
  /// Height of the finest raster's pixels, in units of `spatialReference`.
  public let pixelSizeY: Double
  /// The most bands that a raster has.
  public let bandCount: Int
  /// The smallest type that holds the samples of every raster.
  public let pixelType: PixelType
  /// The nodata value a band that all rasters share; `nil` where they differ or have none.
  public let noData: [Double?]
  /// The colours of the first raster when every raster is a palette raster.
  public let colormap: [SIMD4<UInt8>]?
  /// The format of the rasters as ArcGIS names it, `TIFF` …; that of the first one where they differ.
  public let format: String
  /// The compression of the rasters as ArcGIS names it; that of the first one where they differ.
  public let compression: String
  /// How many rasters there are, at least 1.
  public let rasterCount: Int
  /// Bytes of all samples uncompressed, overviews not counted.
  public let uncompressedSize: Int64
  /// What `service.json` says, defaults filled in.
  public let settings: ServiceSettings
  /// The columns of the catalog; empty for a raster dataset.
  public let fields: [CatalogField]

  /// The name with its folder, `Folder/Name`, as it stands in addresses and answers.
  public var path: String { folder.map { "\($0)/\(name)" } ?? name }
}
