/// Reads the text of a geographic transformation: WKT 2 as it is, and Esri's `GEOGTRAN`, which PROJ doesn't know.
enum GeographicTransformationText {
  /// The definition that a text means; `nil` where it is no such text.
  static func read(_ text: String) -> DatumTransformation.Definition? {
    guard let node = WKTNode(text) else { return nil }
    return switch node.keyword {
    case "COORDINATEOPERATION", "CONCATENATEDOPERATION": .text(text)
    case "GEOGTRAN": translate(node)
    default: nil
    }
  }

  /// What EPSG calls a method of Esri's, in the domain of longitudes and latitudes.
  private static let methods = [
    "geocentric_translation": ("Geocentric translations (geog2D domain)", 9603),
    "position_vector": ("Position Vector transformation (geog2D domain)", 9606),
    "coordinate_frame": ("Coordinate Frame rotation (geog2D domain)", 9607),
    "molodensky": ("Molodensky", 9604),
    "molodensky_abridged": ("Abridged Molodensky", 9605),
    "molodensky_badekas": ("Molodensky-Badekas (CF geog2D domain)", 9636),
    "longitude_rotation": ("Longitude rotation", 9601),
  ]

  private static let metre = "LENGTHUNIT[\"metre\",1]"
  private static let second = "ANGLEUNIT[\"arc-second\",4.84813681109536E-06]"
  private static let million = "SCALEUNIT[\"parts per million\",1E-06]"

  /// What EPSG calls a parameter of Esri's, and the unit that Esri's has.
  private static let parameters = [
    "x_axis_translation": ("X-axis translation", 8605, metre),
    "y_axis_translation": ("Y-axis translation", 8606, metre),
    "z_axis_translation": ("Z-axis translation", 8607, metre),
    "x_axis_rotation": ("X-axis rotation", 8608, second),
    "y_axis_rotation": ("Y-axis rotation", 8609, second),
    "z_axis_rotation": ("Z-axis rotation", 8610, second),
    "scale_difference": ("Scale difference", 8611, million),
    "x_coordinate_of_rotation_origin": ("Ordinate 1 of evaluation point", 8617, metre),
    "y_coordinate_of_rotation_origin": ("Ordinate 2 of evaluation point", 8618, metre),
    "z_coordinate_of_rotation_origin": ("Ordinate 3 of evaluation point", 8667, metre),
  ]

  /// `GEOGTRAN[name, GEOGCS, GEOGCS, METHOD, PARAMETER…, AUTHORITY]` in WKT 2; by its code where EPSG has no such method.
  private static func translate(_ node: WKTNode) -> DatumTransformation.Definition? {
    let parts = node.arguments.dropFirst().compactMap { WKTNode($0) }
    let systems = parts.filter { $0.keyword == "GEOGCS" }
    guard let name = node.arguments.first, name.first == "\"", systems.count == 2,
      let method = parts.first(where: { $0.keyword == "METHOD" })?.names.first
    else { return nil }
    guard let (methodName, methodCode) = methods[method.lowercased()] else {
      guard let names = parts.last(where: { $0.keyword == "AUTHORITY" })?.names, names.count == 2,
        let authority = ["EPSG", "ESRI"].first(where: { $0 == names[0].uppercased() }), let code = Int(names[1])
      else { return nil }
      return .code(authority: authority, code)
    }
    var written = ""
    for parameter in parts where parameter.keyword == "PARAMETER" {
      guard parameter.arguments.count == 2, let own = parameter.names.first,
        let (name, code, unit) = parameters[own.lowercased()],
        let value = Double(parameter.arguments[1]), value.isFinite
      else { return nil }
      written += ",PARAMETER[\"\(name)\",\(value),\(unit),ID[\"EPSG\",\(code)]]"
    }
    return .text(
      """
      COORDINATEOPERATION[\(name),SOURCECRS[\(systems[0].text)],TARGETCRS[\(systems[1].text)],\
      METHOD["\(methodName)",ID["EPSG",\(methodCode)]]\(written)]
      """)
  }
}
