import Pixels

/// What a raster's file says of it. Read once, kept in the catalog.
public struct RasterInfo: Sendable, Hashable {
  /// The file format as ArcGIS names it: `TIFF`, `PNG`, `JPEG`.
  public var format: String
  /// How samples are compressed, as ArcGIS names it: `None`, `LZ77`, `LZW`, `JPEG`, `LERC`, `PackBits` …
  public var compression: String
  /// Samples a pixel, an alpha channel not counted: it is told by the validity of the blocks.
  public var bands: Int
  /// The type of every sample.
  public var pixelType: PixelType
  /// The value that means no data, a band each; `nil` where a band has none.
  public var noData: [Double?]
  /// The colours of a palette raster, red, green, blue, alpha by sample value; `nil` for others.
  public var colormap: [SIMD4<UInt8>]?
  /// Whether pixels can be without data for another reason than `noData`: a mask band, an alpha channel.
  public var hasMask: Bool
  /// Where the raster lies.
  public var georeference: Georeference
  /// The base first, then the overviews from fine to coarse. Never empty.
  public var levels: [Level]
  /// Files that belong to the raster, the raster itself first, as names in its own folder (`a.tif`, `a.tfw`, `a.tif.ovr`).
  public var files: [String]

  /// The base or one overview.
  public struct Level: Sendable, Hashable, Codable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int
    /// Columns of a block as it is read; the last one of a row may reach over the edge.
    public var blockWidth: Int
    /// Rows of a block as it is read.
    public var blockHeight: Int

    /// A level from its sizes.
    public init(width: Int, height: Int, blockWidth: Int, blockHeight: Int) {
      self.width = width
      self.height = height
      self.blockWidth = blockWidth
      self.blockHeight = blockHeight
    }
  }

  /// Columns of the base.
  public var width: Int { levels[0].width }
  /// Rows of the base.
  public var height: Int { levels[0].height }

  /// Everything that is known of a raster.
  public init(
    format: String, compression: String, bands: Int, pixelType: PixelType, noData: [Double?],
    colormap: [SIMD4<UInt8>]?, hasMask: Bool, georeference: Georeference, levels: [Level], files: [String]
  ) {
    self.format = format
    self.compression = compression
    self.bands = bands
    self.pixelType = pixelType
    self.noData = noData
    self.colormap = colormap
    self.hasMask = hasMask
    self.georeference = georeference
    self.levels = levels
    self.files = files
  }
}
