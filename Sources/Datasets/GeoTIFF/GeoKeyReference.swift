import Spatial

/// Turns GeoKeys into a spatial reference: codes where there are codes, else WKT 2 built from the definitions.
struct GeoKeyReference {
  private let keys: GeoKeys
  private let name: String

  /// - Parameter name: the file's, for messages.
  init(keys: GeoKeys, name: String) {
    self.keys = keys
    self.name = name
  }

  /// The reference; `nil` when the keys say nothing of it.
  /// - Throws: `unsupported` for what they say, but can't be had.
  func find() throws(RasterError) -> SpatialReference? {
    for key: GeoKey in [.projectedCitation, .citation] {
      // ArcGIS writes what GeoKeys can't say as text into a citation.
      if let text = keys.text(key), let mark = text.firstRange(of: "ESRI PE String = ") {
        return try reference(wkt: String(text[mark.upperBound...]))
      }
    }
    if let code = keys.knownCode(.projectedCRS) { return try reference(code: code) }
    switch keys.code(.modelType) {
    case 3: throw .unsupported("\(name) has geocentric coordinates, which no map has")
    case 1, GeoKeys.userDefined, nil:
      if keys.code(.projectedCRS) != nil || keys.code(.projectionMethod) != nil || keys.code(.projection) != nil {
        return try reference(wkt: bound(try projected()))
      }
    default: break
    }
    if keys.code(.modelType) == 1 { return nil }
    if let code = keys.knownCode(.geodeticCRS) { return try reference(code: code) }
    guard keys.code(.geodeticCRS) != nil || keys.code(.geodeticDatum) != nil else { return nil }
    return try reference(wkt: bound(try geographic()))
  }

  private func reference(code: Int) throws(RasterError) -> SpatialReference {
    do { return try SpatialReference(wkid: code) } catch {
      throw .unsupported("\(name) has a spatial reference that can't be used: \(error.reason)")
    }
  }

  private func reference(wkt: String) throws(RasterError) -> SpatialReference {
    do { return try SpatialReference(wkt: wkt) } catch {
      throw .unsupported("\(name) has a spatial reference that can't be used: \(error.reason)")
    }
  }

  // MARK: geographic

  /// WKT 2 of the geographic reference.
  private func geographic() throws(RasterError) -> String {
    let isPlain =
      (keys.number(.primeMeridianLongitude) ?? 0) == 0
      && [nil, 8901, GeoKeys.userDefined].contains(keys.code(.primeMeridian))
      && [nil, 9102].contains(keys.code(.geogAngularUnits))
    // EPSG gave the systems on a datum of old the datum's number less 2000.
    if let code = keys.knownCode(.geodeticCRS) ?? (isPlain ? keys.knownCode(.geodeticDatum).map { $0 - 2000 } : nil),
      let known = try? SpatialReference(wkid: code), known.isGeographic
    {
      return known.wkt2
    }
    guard let ellipsoid = ellipsoid() else {
      throw .unsupported("\(name) has a user-defined datum without an ellipsoid: add a .prj or .aux.xml beside it")
    }
    let unit = angleUnit
    return """
      GEOGCRS["unknown",DATUM["unknown",\
      ELLIPSOID["unknown",\(ellipsoid.major),\(ellipsoid.inverseFlattening),LENGTHUNIT["metre",1]]],\
      PRIMEM["unknown",\(keys.number(.primeMeridianLongitude) ?? 0),\(unit)],\
      CS[ellipsoidal,2],AXIS["latitude",north,ORDER[1],\(unit)],AXIS["longitude",east,ORDER[2],\(unit)]]
      """
  }

  /// Axis in metres; an inverse flattening of 0 is a sphere.
  private func ellipsoid() -> (major: Double, inverseFlattening: Double)? {
    if let code = keys.knownCode(.ellipsoid), let known = Self.ellipsoids[code] { return known }
    guard let major = keys.number(.semiMajorAxis), major > 0 else { return nil }
    if let inverse = keys.number(.inverseFlattening) { return (major, inverse) }
    guard let minor = keys.number(.semiMinorAxis), minor > 0, minor < major else { return (major, 0) }
    return (major, major / (major - minor))
  }

  /// Ellipsoids by EPSG code.
  private static let ellipsoids: [Int: (major: Double, inverseFlattening: Double)] = [
    7001: (6_377_563.396, 299.3249646), 7002: (6_377_340.189, 299.3249646), 7003: (6_378_160, 298.25),
    7004: (6_377_397.155, 299.1528128), 7008: (6_378_206.4, 294.978698213898),
    7011: (6_378_249.2, 293.466021293627), 7012: (6_378_249.145, 293.465), 7015: (6_377_276.345, 300.8017),
    7019: (6_378_137, 298.257222101), 7022: (6_378_388, 297), 7024: (6_378_245, 298.3),
    7030: (6_378_137, 298.257223563), 7035: (6_371_000, 0), 7036: (6_378_160, 298.247167427),
    7043: (6_378_135, 298.26), 7048: (6_371_007, 0),
  ]

  private var angleUnit: String {
    switch keys.code(.geogAngularUnits) {
    case 9101: "ANGLEUNIT[\"radian\",1]"
    case 9103: "ANGLEUNIT[\"arc-minute\",\(Double.pi / 10800)]"
    case 9104: "ANGLEUNIT[\"arc-second\",\(Double.pi / 648_000)]"
    case 9105, 9106: "ANGLEUNIT[\"grad\",\(Double.pi / 200)]"
    case GeoKeys.userDefined where keys.number(.geogAngularUnitSize) ?? 0 > 0:
      "ANGLEUNIT[\"unknown\",\(keys.number(.geogAngularUnitSize) ?? 1)]"
    default: "ANGLEUNIT[\"degree\",0.0174532925199433]"
    }
  }

  /// A reference with the shift to WGS 84 that the keys may give.
  private func bound(_ source: String) -> String {
    guard let shift = keys.list(.toWGS84), [3, 7].contains(shift.count) else { return source }
    let names = [
      "X-axis translation", "Y-axis translation", "Z-axis translation", "X-axis rotation", "Y-axis rotation",
      "Z-axis rotation", "Scale difference",
    ]
    let parameters = names.enumerated().map { index, name in
      let value = index < shift.count ? shift[index] : 0
      // The abridged form has the whole scale, the key its difference from 1 in parts per million.
      return "PARAMETER[\"\(name)\",\(index == 6 ? 1 + value * 1e-6 : value),ID[\"EPSG\",\(8605 + index)]]"
    }
    return """
      BOUNDCRS[SOURCECRS[\(source)],TARGETCRS[\(SpatialReference.wgs84.wkt2)],\
      ABRIDGEDTRANSFORMATION["unknown",METHOD["Position Vector transformation (geog2D domain)",ID["EPSG",9606]],\
      \(parameters.joined(separator: ","))]]
      """
  }

  // MARK: projected

  /// WKT 2 of the projected reference.
  private func projected() throws(RasterError) -> String {
    let base = try geographic()
    guard let bracket = base.firstIndex(of: "[") else {
      throw .unsupported("\(name) has no usable geographic reference")
    }
    let unit = lengthUnit
    return """
      PROJCRS["unknown",BASEGEOGCRS\(base[bracket...]),\(try conversion(unit: unit)),\
      CS[Cartesian,2],AXIS["easting",east,ORDER[1]],AXIS["northing",north,ORDER[2]],\(unit)]
      """
  }

  private func conversion(unit: String) throws(RasterError) -> String {
    let method: ProjectionMethod
    if let zone = utmZone() {
      method = .transverseMercatorOfUTM(zone: zone.number, isNorth: zone.isNorth)
    } else if let known = ProjectionMethod(keys: keys) {
      method = known
    } else {
      let code = keys.code(.projectionMethod) ?? keys.code(.projection) ?? 0
      throw .unsupported(
        "\(name) has a projection (method \(code)) that is not known: add a .prj or .aux.xml beside it")
    }
    let parameters = method.parameters.map { parameter in
      let unit =
        switch parameter.kind {
        case .angle: angleUnit
        case .length: method.isInMetres ? "LENGTHUNIT[\"metre\",1]" : unit
        case .scale: "SCALEUNIT[\"unity\",1]"
        }
      return "PARAMETER[\"\(parameter.name)\",\(parameter.value),\(unit)]"
    }
    return "CONVERSION[\"unknown\",METHOD[\"\(method.name)\"],\(parameters.joined(separator: ","))]"
  }

  private func utmZone() -> (number: Int, isNorth: Bool)? {
    switch keys.code(.projection) {
    case .some(let code) where (16001...16060).contains(code): (code - 16000, true)
    case .some(let code) where (16101...16160).contains(code): (code - 16100, false)
    default: nil
    }
  }

  private var lengthUnit: String {
    let metres =
      switch keys.code(.linearUnits) {
      case 9002: 0.3048
      case 9003: 12 / 39.37
      case 9004: 0.304812252984506
      case 9005: 0.3047972654
      case 9014: 1.8288
      case 9030: 1852.0
      case 9035: 5280 * 12 / 39.37
      case 9036: 1000.0
      case 9093: 1609.344
      case GeoKeys.userDefined: keys.number(.linearUnitSize) ?? 1
      default: 1.0
      }
    return metres == 1 ? "LENGTHUNIT[\"metre\",1]" : "LENGTHUNIT[\"unknown\",\(metres)]"
  }
}
