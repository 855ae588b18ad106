import Spatial

/// The numbers of a projection as Imagine's own list has it, for the references on WGS 84 that nearly every client knows so:
/// longitude and latitude, and the zones of UTM. All others are in the text of Esri's projection engine alone.
struct ImagineProjection {
  private let number: Int
  private let name: String
  private let zone: Int
  /// 1 in the north, -1 in the south; `nil` where there are no zones.
  private let hemisphere: Double?

  /// `nil` for a reference that is told by its text alone.
  init?(_ reference: SpatialReference) {
    switch reference.epsgCode {
    case 4326?: (number, name, zone, hemisphere) = (0, "Geographic (Lat/Lon)", 0, nil)
    case let code? where (32601...32660).contains(code): (number, name, zone, hemisphere) = (1, "UTM", code % 100, 1)
    case let code? where (32701...32760).contains(code): (number, name, zone, hemisphere) = (1, "UTM", code % 100, -1)
    default: return nil
    }
  }

  /// The entry, with the datum within it.
  var entry: ImagineEntry {
    ImagineEntry(name: "Projection", type: "Eprj_ProParameters", children: [datum]) {
      let isInternal = 0
      var parameters = [Double](repeating: 0, count: 15)
      if let hemisphere { parameters[3] = hemisphere }
      $0.append(short: isInternal)
      $0.append(long: number)
      $0.append(count: 0)
      $0.append(text: name)
      $0.append(long: zone)
      $0.append(count: parameters.count)
      for value in parameters { $0.append(double: value) }
      // The spheroid: half axes, square of the eccentricity, radius.
      $0.append(count: 1)
      $0.append(text: Self.system)
      let (a, flattening) = (6_378_137.0, 1 / 298.257223563)
      for value in [a, a * (1 - flattening), flattening * (2 - flattening), a] { $0.append(double: value) }
    }
  }

  private var datum: ImagineEntry {
    ImagineEntry(name: "Datum", type: "Eprj_Datum") {
      let parametric = 0
      let shift = [Double](repeating: 0, count: 7)
      $0.append(text: Self.system)
      $0.append(short: parametric)
      $0.append(count: shift.count)
      for value in shift { $0.append(double: value) }
      $0.append(count: 0)
    }
  }

  private static let system = "WGS 84"
}
