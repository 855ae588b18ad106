/// The keys of a GeoTIFF's GeoKeyDirectory (OGC 19-008r4, section 7.1).
struct GeoKeys: Sendable {
  private var numbers: [GeoKey: Double] = [:]
  private var lists: [GeoKey: [Double]] = [:]
  private var texts: [GeoKey: String] = [:]

  /// The code that says that a definition follows in other keys.
  static let userDefined = 32767

  /// - Throws: when the file ends before the keys, or a number of them is beyond the 16 bits that each has.
  init(_ directory: TIFFDirectory) throws(RasterError) {
    let table = try directory.integers(.geoKeyDirectory) ?? []
    let doubles = try directory.doubles(.geoDoubleParams) ?? []
    let characters = [UInt8]((try directory.text(.geoASCIIParams) ?? "").utf8)
    guard table.count >= 4 else { return }
    guard table.allSatisfy({ $0 <= UInt16.max }) else {
      throw .damaged("\(directory.container.file.name) has GeoKeys of more than 16 bits")
    }
    for entry in 1...max(1, min(table[3], (table.count - 4) / 4)) where table.count >= entry * 4 + 4 {
      let key = GeoKey(rawValue: table[entry * 4])
      let count = table[entry * 4 + 2]
      let value = table[entry * 4 + 3]
      switch table[entry * 4 + 1] {
      case 0: numbers[key] = Double(value)
      case Int(TIFFTag.geoDoubleParams.rawValue) where value + count <= doubles.count && count > 0:
        numbers[key] = doubles[value]
        lists[key] = Array(doubles[value..<(value + count)])
      case Int(TIFFTag.geoASCIIParams.rawValue) where value < characters.count:
        let text = characters[value..<min(value + count, characters.count)]
        texts[key] = String(decoding: text, as: UTF8.self).trimmed { $0 == "|" || $0.isWhitespace }
      default: break
      }
    }
  }

  var isEmpty: Bool { numbers.isEmpty && texts.isEmpty }

  /// A code; `nil` where there is none or 0, which says undefined.
  func code(_ key: GeoKey) -> Int? { numbers[key].flatMap { Int(exactly: $0) }.flatMap { $0 == 0 ? nil : $0 } }

  /// A code of the EPSG dataset; `nil` for a definition in other keys.
  func knownCode(_ key: GeoKey) -> Int? { code(key).flatMap { $0 == Self.userDefined ? nil : $0 } }

  /// The first of some keys that has a number.
  func number(_ keys: GeoKey...) -> Double? {
    for key in keys { if let number = numbers[key] { return number } }
    return nil
  }

  func list(_ key: GeoKey) -> [Double]? { lists[key] }
  func text(_ key: GeoKey) -> String? { texts[key] }
}

/// The number of a GeoKey.
struct GeoKey: RawRepresentable, Hashable, Sendable {
  let rawValue: Int

  init(rawValue: Int) { self.rawValue = rawValue }
  private init(_ rawValue: Int) { self.rawValue = rawValue }

  static let modelType = GeoKey(1024)
  static let rasterType = GeoKey(1025)
  static let citation = GeoKey(1026)
  static let geodeticCRS = GeoKey(2048)
  static let geodeticDatum = GeoKey(2050)
  static let primeMeridian = GeoKey(2051)
  static let geogAngularUnits = GeoKey(2054)
  static let geogAngularUnitSize = GeoKey(2055)
  static let ellipsoid = GeoKey(2056)
  static let semiMajorAxis = GeoKey(2057)
  static let semiMinorAxis = GeoKey(2058)
  static let inverseFlattening = GeoKey(2059)
  static let primeMeridianLongitude = GeoKey(2061)
  static let toWGS84 = GeoKey(2062)
  static let projectedCRS = GeoKey(3072)
  static let projectedCitation = GeoKey(3073)
  static let projection = GeoKey(3074)
  static let projectionMethod = GeoKey(3075)
  static let linearUnits = GeoKey(3076)
  static let linearUnitSize = GeoKey(3077)
  static let standardParallel1 = GeoKey(3078)
  static let standardParallel2 = GeoKey(3079)
  static let naturalOriginLongitude = GeoKey(3080)
  static let naturalOriginLatitude = GeoKey(3081)
  static let falseEasting = GeoKey(3082)
  static let falseNorthing = GeoKey(3083)
  static let falseOriginLongitude = GeoKey(3084)
  static let falseOriginLatitude = GeoKey(3085)
  static let falseOriginEasting = GeoKey(3086)
  static let falseOriginNorthing = GeoKey(3087)
  static let centerLongitude = GeoKey(3088)
  static let centerLatitude = GeoKey(3089)
  static let centerEasting = GeoKey(3090)
  static let centerNorthing = GeoKey(3091)
  static let naturalOriginScale = GeoKey(3092)
  static let centerScale = GeoKey(3093)
  static let azimuth = GeoKey(3094)
  static let straightVerticalPoleLongitude = GeoKey(3095)
  static let rectifiedGridAngle = GeoKey(3096)
}

extension String {
  /// Without the characters at both ends that `isPadding` names.
  func trimmed(_ isPadding: (Character) -> Bool) -> String {
    let start = drop(while: isPadding)
    return String(start.reversed().drop(while: isPadding).reversed())
  }
}
