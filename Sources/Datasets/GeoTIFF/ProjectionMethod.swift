/// A map projection with its parameters, under the names of WKT 2.
struct ProjectionMethod: Sendable {
  let name: String
  let parameters: [Parameter]
  /// Whether lengths are metres, whatever the unit of the coordinates is.
  var isInMetres = false

  /// A parameter of a projection.
  struct Parameter: Sendable {
    let name: String
    let value: Double
    let kind: Kind

    enum Kind: Sendable { case angle, length, scale }
  }

  private init(_ name: String, _ parameters: [Parameter]) {
    self.name = name
    self.parameters = parameters
  }

  /// The projection of a UTM zone.
  static func transverseMercatorOfUTM(zone: Int, isNorth: Bool) -> ProjectionMethod {
    var method = ProjectionMethod(
      "Transverse Mercator",
      [
        Parameter(name: "Latitude of natural origin", value: 0, kind: .angle),
        Parameter(name: "Longitude of natural origin", value: Double(zone * 6 - 183), kind: .angle),
        Parameter(name: "Scale factor at natural origin", value: 0.9996, kind: .scale),
        Parameter(name: "False easting", value: 500_000, kind: .length),
        Parameter(name: "False northing", value: isNorth ? 0 : 10_000_000, kind: .length),
      ])
    method.isInMetres = true
    return method
  }

  /// The projection that keys define by a method of their own (OGC 19-008r4, annex C); `nil` for unknown methods.
  ///
  /// Writers differ in which of the origins they name, so that any will do.
  init?(keys: GeoKeys) {
    let latitude = keys.number(.naturalOriginLatitude, .falseOriginLatitude, .centerLatitude) ?? 0
    let longitude =
      keys.number(.naturalOriginLongitude, .falseOriginLongitude, .centerLongitude, .straightVerticalPoleLongitude) ?? 0
    let easting = keys.number(.falseEasting, .falseOriginEasting, .centerEasting) ?? 0
    let northing = keys.number(.falseNorthing, .falseOriginNorthing, .centerNorthing) ?? 0
    let factor = keys.number(.naturalOriginScale, .centerScale) ?? 1
    let parallel1 = keys.number(.standardParallel1)
    let parallel2 = keys.number(.standardParallel2)

    func angle(_ name: String, _ value: Double) -> Parameter { Parameter(name: name, value: value, kind: .angle) }
    let falseOrigin = [
      Parameter(name: "False easting", value: easting, kind: .length),
      Parameter(name: "False northing", value: northing, kind: .length),
    ]
    let longitudeOnly = [angle("Longitude of natural origin", longitude)] + falseOrigin
    let origin = [angle("Latitude of natural origin", latitude)] + longitudeOnly
    let scaled = [Parameter(name: "Scale factor at natural origin", value: factor, kind: .scale)] + origin
    let conic = [
      angle("Latitude of false origin", latitude), angle("Longitude of false origin", longitude),
      angle("Latitude of 1st standard parallel", parallel1 ?? 0),
      angle("Latitude of 2nd standard parallel", parallel2 ?? parallel1 ?? 0),
      Parameter(name: "Easting at false origin", value: easting, kind: .length),
      Parameter(name: "Northing at false origin", value: northing, kind: .length),
    ]
    let firstParallel = [angle("Latitude of 1st standard parallel", parallel1 ?? 0)] + longitudeOnly
    let oblique = [
      angle("Latitude of projection centre", latitude), angle("Longitude of projection centre", longitude),
      angle("Azimuth of initial line", keys.number(.azimuth) ?? 0),
      angle("Angle from Rectified to Skew Grid", keys.number(.rectifiedGridAngle) ?? keys.number(.azimuth) ?? 90),
      Parameter(name: "Scale factor on initial line", value: factor, kind: .scale),
    ]
    let centred = [
      Parameter(name: "Easting at projection centre", value: easting, kind: .length),
      Parameter(name: "Northing at projection centre", value: northing, kind: .length),
    ]

    switch keys.code(.projectionMethod) {
    case 1: self.init("Transverse Mercator", scaled)
    case 3: self.init("Hotine Oblique Mercator (variant A)", oblique + falseOrigin)
    case 9815: self.init("Hotine Oblique Mercator (variant B)", oblique + centred)
    case 7 where parallel1 != nil: self.init("Mercator (variant B)", firstParallel)
    case 7: self.init("Mercator (variant A)", scaled)
    case 8: self.init("Lambert Conic Conformal (2SP)", conic)
    case 9: self.init("Lambert Conic Conformal (1SP)", scaled)
    case 10: self.init("Lambert Azimuthal Equal Area", origin)
    case 11: self.init("Albers Equal Area", conic)
    case 12: self.init("Modified Azimuthal Equidistant", origin)
    case 13:
      self.init(
        "Equidistant Conic",
        [angle("Latitude of 2nd standard parallel", parallel2 ?? parallel1 ?? 0)] + [
          angle("Latitude of 1st standard parallel", parallel1 ?? 0)
        ] + origin)
    case 14: self.init("Stereographic", scaled)
    case 15 where factor == 1 && abs(latitude) != 90:
      self.init(
        "Polar Stereographic (variant B)",
        [angle("Latitude of standard parallel", latitude), angle("Longitude of origin", longitude)] + falseOrigin)
    case 15: self.init("Polar Stereographic (variant A)", scaled)
    case 16: self.init("Oblique Stereographic", scaled)
    case 17:
      self.init("Equidistant Cylindrical", [angle("Latitude of natural origin", latitude)] + firstParallel)
    case 18: self.init("Cassini-Soldner", origin)
    case 19: self.init("Gnomonic", origin)
    case 20: self.init("Miller Cylindrical", longitudeOnly)
    case 21: self.init("Orthographic", origin)
    case 22: self.init("American Polyconic", origin)
    case 23: self.init("Robinson", longitudeOnly)
    case 24: self.init("Sinusoidal", longitudeOnly)
    case 25: self.init("Van Der Grinten", longitudeOnly)
    case 26: self.init("New Zealand Map Grid", origin)
    case 27: self.init("Transverse Mercator (South Orientated)", scaled)
    case 28: self.init("Lambert Cylindrical Equal Area", firstParallel)
    default: return nil
    }
  }
}
