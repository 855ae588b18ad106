import Tiles

/// What the owner of a service says of its tiles in `service.json`.
public struct TilingSettings: Sendable, Equatable {
  /// How the plane is cut into tiles.
  public enum Scheme: Sendable, Equatable {
    /// ArcGIS Online's: Web Mercator, 256 pixels, 24 levels.
    case webMercator
    /// The service's own reference and extent, halved until its pixels are reached.
    case service
    /// One that is given.
    case given(TilingScheme)
  }

  /// Whether there are tiles; a service without them is drawn anew at each request.
  public var isCached = true
  /// How the plane is cut.
  public var scheme = Scheme.webMercator
  /// How tiles are encoded; `nil` leaves it to the pixels.
  public var format: TileFormat?
  /// The quality of JPEG tiles, 0 to 100; `nil` takes that of the service.
  public var compressionQuality: Int?
  /// How far values of LERC tiles may be off, in units of the samples.
  public var lercError = 0.0
  /// The coarsest level with tiles; `nil` for the scheme's first.
  public var minLOD: Int?
  /// The finest level with tiles; `nil` for the scheme's last.
  public var maxLOD: Int?

  /// The settings of a service about whose tiles nothing is said.
  public init() {}
}
