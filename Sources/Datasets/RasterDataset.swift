import Pixels
import Spatial

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

/// A north-up georeference: the outer corner of the north-western pixel and the size of a pixel.
public struct Georeference: Sendable, Hashable {
  /// The outer western edge.
  public var originX: Double
  /// The outer northern edge.
  public var originY: Double
  /// Width of a pixel, positive.
  public var pixelWidth: Double
  /// Height of a pixel, positive: y falls as the row grows.
  public var pixelHeight: Double
  /// The spatial reference.
  public var spatialReference: SpatialReference

  /// A georeference from its parts.
  public init(
    originX: Double, originY: Double, pixelWidth: Double, pixelHeight: Double, spatialReference: SpatialReference
  ) {
    self.originX = originX
    self.originY = originY
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
    self.spatialReference = spatialReference
  }

  /// The outer edges of a raster of `width` by `height` pixels.
  public func envelope(width: Int, height: Int) -> Envelope {
    Envelope(
      xmin: originX, ymin: originY - Double(height) * pixelHeight, xmax: originX + Double(width) * pixelWidth,
      ymax: originY)
  }
}

/// An open raster that gives its pixels block by block.
///
/// Blocks are decoded as the file stores them; validity (nodata value, mask band, alpha channel) is part of a block.
/// Safe to use from many threads at once.
public protocol RasterDataset: Sendable {
  /// What the file says of itself.
  var info: RasterInfo { get }

  /// Something that is equal for two datasets only when their pixels are: path, size and time of the file.
  var identity: String { get }

  /// Decodes one block of a level. Blocks at the right and lower edge are cut to the level's size.
  /// - Parameters:
  ///   - level: index into `info.levels`.
  ///   - column: block column, from the west.
  ///   - row: block row, from the north.
  /// - Throws: `RasterError` when the file is damaged there.
  func readBlock(level: Int, column: Int, row: Int) throws(RasterError) -> PixelBlock
}

/// Why a raster can't be served.
public enum RasterError: Error, Sendable, Hashable {
  /// The file can't be opened or read; the text says why.
  case unreadable(String)
  /// The file is damaged; the text says where.
  case damaged(String)
  /// The file is sound, but of a kind that is not served; the text says what and what to do.
  case unsupported(String)

  /// The reason, in one sentence for the owner of the file.
  public var reason: String {
    switch self {
    case .unreadable(let text), .damaged(let text), .unsupported(let text): text
    }
  }
}
