import Spatial

/// What a cache or package says of itself.
public struct TileCacheDescription: Sendable, Hashable {
  /// The name of the map.
  public var name: String
  /// How the plane is cut; all levels of the service, also those without tiles.
  public var scheme: TilingScheme
  /// How tiles are encoded.
  public var format: TileFormat
  /// The quality of JPEG tiles, 0 to 100; 0 for formats without one.
  public var compressionQuality: Int
  /// How many bands the tiles show.
  public var bandCount: Int
  /// How far values of LERC tiles may be off; 0 for other formats.
  public var lercError: Double
  /// The coarsest level that is to have tiles.
  public var minLOD: Int
  /// The finest level that is to have tiles.
  public var maxLOD: Int
  /// The extent of the data in the scheme's spatial reference.
  public var fullExtent: Envelope
  /// The same in longitudes and latitudes on WGS 84.
  public var geographicExtent: Envelope
  /// The denominator of the coarsest scale at which the service is shown; 0 for no bound.
  public var minScale: Double
  /// The denominator of the finest scale at which the service is shown; 0 for no bound.
  public var maxScale: Double
  /// What the data is, for people.
  public var summary: String
  /// Whom the data belongs to.
  public var copyrightText: String
  /// Words to find it by.
  public var tags: [String]
  /// A small picture, a PNG of about 200 x 133 pixels; empty for none.
  public var thumbnail: [UInt8]
  /// When it was made, in milliseconds since 1970.
  public var created: Int
  /// 32 hexadecimal digits that name this very package.
  public var identifier: String

  /// A description from its parts.
  public init(
    name: String, scheme: TilingScheme, format: TileFormat, compressionQuality: Int = 0, bandCount: Int = 3,
    lercError: Double = 0, minLOD: Int, maxLOD: Int, fullExtent: Envelope, geographicExtent: Envelope,
    minScale: Double = 0, maxScale: Double = 0, summary: String = "", copyrightText: String = "", tags: [String] = [],
    thumbnail: [UInt8] = [], created: Int = 0, identifier: String = ""
  ) {
    self.name = name
    self.scheme = scheme
    self.format = format
    self.compressionQuality = compressionQuality
    self.bandCount = bandCount
    self.lercError = lercError
    self.minLOD = minLOD
    self.maxLOD = maxLOD
    self.fullExtent = fullExtent
    self.geographicExtent = geographicExtent
    self.minScale = minScale
    self.maxScale = maxScale
    self.summary = summary
    self.copyrightText = copyrightText
    self.tags = tags
    self.thumbnail = thumbnail
    self.created = created
    self.identifier = identifier
  }
}
