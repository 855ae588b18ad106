import CPROJ

extension SpatialReference {
  /// Longest text that is read, in bytes: several times what a reference needs.
  static let longestText = 32_768

  static func resolve(wkid: Int) throws(SpatialError) -> SpatialReference {
    let unknown = SpatialError.unknown("\(wkid) is not the code of a known spatial reference.")
    switch wkid {
    // The spelling of Google's, from before EPSG gave Web Mercator a code.
    case 900913: return .webMercator
    // The old Web Mercator keeps its codes, but is drawn as the new one: the sphere it names was never used as a datum.
    case 102113, 3785:
      return SpatialReference(
        wkid: 102113, latestWkid: 3785, wkt: nil, definition: webMercator.definition, isGeographic: false)
    case 1...: break
    default: throw unknown
    }
    let context = PROJThread.current.context
    let epsg = EsriCodes.epsgByEsri[wkid] ?? wkid
    if let found = PROJObject(authority: "EPSG", code: epsg, in: context) {
      return try reference(to: found, code: .epsg(epsg), asked: "\(wkid)")
    }
    if let found = PROJObject(authority: "ESRI", code: wkid, in: context) {
      return try reference(to: found, code: .esri(wkid), asked: "\(wkid)")
    }
    throw unknown
  }

  static func resolve(wkt: String) throws(SpatialError) -> SpatialReference {
    let context = PROJThread.current.context
    // Files with a projection may begin with a byte order mark or empty lines.
    let wkt = String(wkt.drop { $0.isWhitespace || $0 == "\u{FEFF}" })
    guard proj_context_guess_wkt_dialect(context.handle, wkt) != PJ_GUESSED_NOT_WKT else {
      throw SpatialError.unknown("The text of the spatial reference is not well-known text (WKT).")
    }
    guard let read = PROJObject(wkt: wkt, in: context) else {
      throw SpatialError.unknown("The well-known text of the spatial reference can't be read.")
    }
    return try reference(to: read, code: nil, asked: "The well-known text")
  }

  /// A code and who gave it.
  private enum Code {
    case epsg(Int)
    case esri(Int)
  }

  /// The reference for a system that PROJ holds, by its code where it has one.
  /// - Parameters:
  ///   - code: the code that the system was made from.
  ///   - asked: what the client said, to begin the sentence of an error with.
  private static func reference(
    to read: borrowing PROJObject, code: Code?, asked: String
  ) throws(SpatialError) -> SpatialReference {
    guard let horizontal = read.horizontal() else {
      throw SpatialError.unknown("\(asked) is not a spatial reference of maps (geographic or projected).")
    }
    let code = read.isMap ? code : nil
    switch code ?? identify(horizontal) {
    // Found by its definition, the old Web Mercator is the same special case that it is by its code.
    case .epsg(3785), .esri(102113): return try resolve(wkid: 3785)
    case .epsg(let code):
      return SpatialReference(
        wkid: EsriCodes.esriByEPSG[code] ?? code, latestWkid: code, wkt: nil, definition: "EPSG:\(code)",
        isGeographic: horizontal.isGeographic)
    case .esri(let code):
      return SpatialReference(
        wkid: code, latestWkid: code, wkt: nil, definition: "ESRI:\(code)", isGeographic: horizontal.isGeographic)
    case nil: break
    }
    // The shift to WGS 84 that a bound system brings is all that is known of a datum without a code.
    let definition = read.isBound ? read.wkt(PJ_WKT2_2019) : horizontal.wkt(PJ_WKT2_2019)
    guard let definition else {
      throw SpatialError.unknown("\(asked) is a spatial reference that can't be written as well-known text.")
    }
    return SpatialReference(
      wkid: nil, latestWkid: nil, wkt: horizontal.wkt(PJ_WKT1_ESRI) ?? definition, definition: definition,
      isGeographic: horizontal.isGeographic)
  }

  private static func identify(_ system: borrowing PROJObject) -> Code? {
    if let code = system.code(of: "EPSG") { return .epsg(code) }
    guard let code = system.code(of: "ESRI") else { return nil }
    return EsriCodes.epsgByEsri[code].map(Code.epsg) ?? .esri(code)
  }
}
