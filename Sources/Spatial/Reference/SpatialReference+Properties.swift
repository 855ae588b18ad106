import CPROJ

extension SpatialReference {
  /// The EPSG code, for example 3857; `nil` where EPSG has none.
  public var epsgCode: Int? { definition.hasPrefix("EPSG:") ? latestWkid : nil }

  /// The name as Esri writes it, for example `WGS_1984_Web_Mercator_Auxiliary_Sphere`.
  public var name: String {
    let parts = esriWKT.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : definition
  }

  /// The definition as WKT 1 in Esri's dialect: what a `.prj` file holds.
  public var esriWKT: String { properties.esriWKT }

  /// The definition as WKT 1 in OGC's dialect, with EPSG's codes: what GDAL writes into its metadata files. `nil` for a
  /// projection that only other forms have a name for.
  public var wkt1: String? { properties.wkt1 }

  /// The definition as WKT 2 (ISO 19162:2019).
  public var wkt2: String { properties.wkt2 }

  /// Metres that one unit of the coordinates is; of a geographic reference, metres along the equator.
  public var metersPerUnit: Double {
    isGeographic ? properties.unitSize * properties.semiMajorAxis : properties.unitSize
  }

  /// Of a geographic reference, how many of its units are half a turn: 180 degrees or 200 gons.
  var halfTurn: Double { (Double.pi / properties.unitSize).rounded() }

  /// Whether two references give the same coordinates, whatever they are called: 102100, 3857 and 102113 do.
  public func isSame(as other: SpatialReference) -> Bool {
    if definition == other.definition { return true }
    // Different codes of one authority are different references; only text may say the same in other words.
    guard isGeographic == other.isGeographic, wkid == nil || other.wkid == nil else { return false }
    return ReferenceCache.shared.equivalence(definition, other.definition) {
      let context = PROJThread.current.context
      guard let mine = PROJObject(definition: definition, in: context),
        let theirs = PROJObject(definition: other.definition, in: context)
      else { return false }
      return mine.isEquivalent(to: theirs)
    }
  }

  private var properties: ReferenceProperties {
    ReferenceCache.shared.properties(of: definition) {
      let context = PROJThread.current.context
      guard let system = PROJObject(definition: definition, in: context), let horizontal = system.horizontal() else {
        // Only where PROJ's database is gone since the reference was made: degrees or metres, by any name.
        return ReferenceProperties(
          esriWKT: definition, wkt1: nil, wkt2: definition, unitSize: isGeographic ? .pi / 180 : 1,
          semiMajorAxis: 6_378_137)
      }
      let wkt2 = horizontal.wkt(PJ_WKT2_2019) ?? definition
      return ReferenceProperties(
        esriWKT: horizontal.wkt(PJ_WKT1_ESRI) ?? wkt2, wkt1: horizontal.wkt1, wkt2: wkt2,
        unitSize: horizontal.unitSize ?? 1, semiMajorAxis: horizontal.semiMajorAxis ?? 6_378_137)
    }
  }
}
