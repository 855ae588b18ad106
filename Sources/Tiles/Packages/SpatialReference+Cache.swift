import JSONValue
import Spatial

extension SpatialReference {
  /// The reference as tile packages' JSON has it: both codes, or the text of one without.
  var cacheJSON: JSON {
    guard let wkid else { return ["wkt": .string(wkt ?? esriWKT)] }
    return ["wkid": .int(wkid), "latestWkid": .int(latestWkid ?? wkid)]
  }

  /// The element `SpatialReference` of `conf.xml` and `conf.cdi` (tile packages, 6).
  var cacheXML: String {
    let domain = coordinateDomain
    var content = XMLText.element("WKT", esriWKT)
    content += XMLText.element("XOrigin", domain.x) + XMLText.element("YOrigin", domain.y)
    content += XMLText.element("XYScale", domain.scale)
    content += XMLText.element("ZOrigin", -100_000) + XMLText.element("ZScale", 10_000)
    content += XMLText.element("MOrigin", -100_000) + XMLText.element("MScale", 10_000)
    content += XMLText.element("XYTolerance", domain.tolerance)
    content += XMLText.element("ZTolerance", 0.001) + XMLText.element("MTolerance", 0.001)
    content += XMLText.element("HighPrecision", "true")
    if let wkid { content += XMLText.element("WKID", wkid) + XMLText.element("LatestWKID", latestWkid ?? wkid) }
    let type = isGeographic ? "GeographicCoordinateSystem" : "ProjectedCoordinateSystem"
    return XMLText.element("SpatialReference", type: type, content)
  }

  /// The units as `units` of a map service calls them.
  var cacheUnits: String {
    if isGeographic { return "esriDecimalDegrees" }
    switch metersPerUnit {
    case 1: return "esriMeters"
    case 0.3047...0.3049: return "esriFeet"
    case 1000: return "esriKilometers"
    default: return "esriUnknownUnits"
    }
  }

  /// The grid that ArcGIS rounds coordinates to by default: where it begins, steps a unit, and the tolerance.
  private var coordinateDomain: (x: Double, y: Double, scale: Double, tolerance: Double) {
    if isGeographic { return (-400, -400, 1_000_000_000, 8.983152841195215e-09) }
    if isSame(as: .webMercator) { return (-20_037_700, -30_241_100, 10_000, 0.001) }
    return (-100_000_000, -100_000_000, 10_000, 0.001 / metersPerUnit)
  }
}

extension Envelope {
  /// An extent as tile packages' JSON has it.
  func cacheJSON(in reference: SpatialReference) -> JSON {
    [
      "xmin": .double(xmin), "ymin": .double(ymin), "xmax": .double(xmax), "ymax": .double(ymax),
      "spatialReference": reference.cacheJSON,
    ]
  }

  /// An extent without a reference.
  var cacheJSON: JSON {
    ["xmin": .double(xmin), "ymin": .double(ymin), "xmax": .double(xmax), "ymax": .double(ymax)]
  }
}
