/// A spatial reference system, as ArcGIS names it.
///
/// Output rule (REST API 4.8): both codes are printed, also when they are equal; text only where there is no code.
public struct SpatialReference: Hashable, Sendable {
  /// The code under which ArcGIS first knew the reference, for example 102100; `nil` for a reference given as text.
  public let wkid: Int?
  /// The code that is valid today, for example 3857: EPSG's where it has one, else Esri's own, as servers print
  /// `{"wkid":54003,"latestWkid":54003}`. `epsgCode` is `nil` in the latter case.
  public let latestWkid: Int?
  /// The text that defines the reference where no code does.
  public let wkt: String?
  /// What PROJ is asked to create: `EPSG:3857`, `ESRI:102009` or the text itself.
  public let definition: String
  /// Whether coordinates are angles on an ellipsoid, rather than lengths on a plane.
  public let isGeographic: Bool

  /// A reference from its parts, as they were when it was found out; PROJ is not asked.
  public init(wkid: Int?, latestWkid: Int?, wkt: String?, definition: String, isGeographic: Bool) {
    self.wkid = wkid
    self.latestWkid = latestWkid
    self.wkt = wkt
    self.definition = definition
    self.isGeographic = isGeographic
  }

  /// The reference that a code of Esri's or EPSG's names.
  ///
  /// Tried in this order: the aliases of Web Mercator, Esri codes that EPSG codes replaced, EPSG, Esri. Of a code with
  /// heights the horizontal part counts.
  /// - Throws: `SpatialError.unknown` for a code that is not known or is no map's (geocentric, vertical, engineering).
  public init(wkid: Int) throws(SpatialError) {
    self = try ReferenceCache.shared.reference(for: .code(wkid))
  }

  /// The reference that a text defines: WKT 1 in OGC's or Esri's dialect, or WKT 2.
  ///
  /// A text that says the same as a code becomes that code's reference. Of a text with heights the horizontal part counts.
  /// - Throws: `SpatialError.unknown` for a text that is no WKT, or not of a map, or longer than 32 KiB.
  public init(wkt: String) throws(SpatialError) {
    // Refusals are remembered with the text, so one too long must not get that far.
    guard wkt.utf8.count <= Self.longestText else {
      throw SpatialError.unknown("The text of the spatial reference is longer than \(Self.longestText) bytes.")
    }
    self = try ReferenceCache.shared.reference(for: .text(wkt))
  }

  /// Longitude and latitude on WGS 84.
  public static let wgs84 = SpatialReference(
    wkid: 4326, latestWkid: 4326, wkt: nil, definition: "EPSG:4326", isGeographic: true)

  /// Web Mercator (auxiliary sphere).
  public static let webMercator = SpatialReference(
    wkid: 102100, latestWkid: 3857, wkt: nil, definition: "EPSG:3857", isGeographic: false)
}
