/// How the rasters of a mosaic are ordered (REST API 1.4, `mosaicMethod`).
public enum MosaicMethod: String, Sendable, CaseIterable {
  case none = "None"
  case northwest = "Northwest"
  case center = "Center"
  case nadir = "Nadir"
  case viewpoint = "Viewpoint"
  case attribute = "ByAttribute"
  case lockRaster = "LockRaster"
  case seamline = "Seamline"

  /// The method of a name in any case: as a service root spells it (`ByAttribute`, `NorthWest`), as a mosaic rule does
  /// (`esriMosaicAttribute`), or in the misspelling `esriMosaicByAttribute` that clients send.
  public init?(name: String) {
    var key = name.lowercased()
    if key.hasPrefix("esrimosaic") { key.removeFirst("esrimosaic".count) }
    if key == "attribute" { key = "byattribute" }
    guard let method = Self.allCases.first(where: { $0.rawValue.lowercased() == key }) else { return nil }
    self = method
  }

  /// The name in a mosaic rule: `esriMosaicNorthwest` …
  public var esriName: String { self == .attribute ? "esriMosaicAttribute" : "esriMosaic\(rawValue)" }
}
