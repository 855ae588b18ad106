import Catalog
import JSONValue

/// The types of geoprocessing parameters (REST API 2.9): how a text that a client sends is read, and what it is called.
indirect enum GPDataType: Hashable, Sendable {
  case boolean, double, long, string, date, linearUnit, arealUnit, timeUnit, dataFile, rasterDataLayer, rasterData
  case featureRecordSetLayer, recordSet, field, valueTable
  case multiValue(GPDataType)

  /// The name in answers.
  var name: String {
    switch self {
    case .boolean: "GPBoolean"
    case .double: "GPDouble"
    case .long: "GPLong"
    case .string: "GPString"
    case .date: "GPDate"
    case .linearUnit: "GPLinearUnit"
    case .arealUnit: "GPArealUnit"
    case .timeUnit: "GPTimeUnit"
    case .dataFile: "GPDataFile"
    case .rasterDataLayer: "GPRasterDataLayer"
    case .rasterData: "GPRasterData"
    case .featureRecordSetLayer: "GPFeatureRecordSetLayer"
    case .recordSet: "GPRecordSet"
    case .field: "Field"
    case .valueTable: "GPValueTable"
    case .multiValue(let element): "GPMultiValue:\(element.name)"
    }
  }

  /// The parameters of several values say which type the values have (`parameterInfos`, since 11.0).
  var element: GPDataType? { if case .multiValue(let element) = self { element } else { nil } }

  /// How a form asks for a value.
  var control: ParameterControl {
    switch self {
    case .boolean: .flag
    case .double: .number
    case .long: .integer
    case .string, .date: .line
    default: .area
    }
  }

  /// Reads what a client sent.
  /// - Returns: `nil` for a text that is no value of the type.
  func value(of text: String) -> JSON? {
    switch self {
    case .string: return .string(text)
    case .boolean: return ParameterType.flag.parse(text).map(JSON.bool)
    case .double: return finiteNumber(text).map(JSON.double)
    case .long:
      return finiteNumber(text).flatMap { Int(exactly: $0) }.flatMap(Self.long)
    case .date where !text.hasPrefix("{"): return Self.date(.string(text))
    case .linearUnit where finiteNumber(text) != nil: return Self.quantity(["distance": .string(text)], .linearUnit)
    case .dataFile, .rasterDataLayer, .rasterData:
      // A bare address is read as meant.
      if !text.hasPrefix("{") { return text.contains("://") ? ["url": .string(text)] : .none }
    default: break
    }
    return (try? JSON(parsing: text)).flatMap { value(of: $0) }
  }

  /// Since 11.2 a long may have so many digits.
  private static let longs = -4_503_599_627_370_495...4_503_599_627_370_495

  private static func long(_ number: Int) -> JSON? { longs.contains(number) ? .int(number) : .none }

  /// Checks a value in JSON, and fills in what has a default. (`nil` would be a value here: JSON's own.)
  private func value(of json: JSON) -> JSON? {
    switch self {
    case .string: return json.string.map(JSON.string)
    case .boolean: return json.bool.map(JSON.bool)
    case .double: return json.number.map(JSON.double)
    case .long: return json.integer.flatMap(Self.long)
    case .date: return Self.date(json)
    case .linearUnit, .arealUnit, .timeUnit: return json.object.flatMap { Self.quantity($0, self) }
    case .dataFile, .rasterDataLayer, .rasterData:
      return ["url", "itemID", "portalItemID"].contains { json.object?[anyCase: $0]?.string != nil } ? json : .none
    case .featureRecordSetLayer, .recordSet:
      let isMeant = json["features"]?.array != nil || json["url"]?.string != nil || json["itemID"]?.string != nil
      return isMeant ? json : .none
    case .field: return json["name"]?.string == nil ? .none : json
    case .valueTable:
      return json.array?.allSatisfy { $0.array != nil || $0.object != nil } == true ? json : .none
    case .multiValue(let element):
      guard let values = json.array?.map({ element.value(of: $0) }) else { return .none }
      let read = values.compactMap { $0 }
      return read.count == values.count ? .array(read) : .none
    }
  }

  /// Milliseconds, a text of the date, or `{"date":…,"format":…}`.
  private static func date(_ json: JSON) -> JSON? {
    if let milliseconds = json.integer { return .int(milliseconds) }
    guard let text = json.string ?? json["date"]?.string else { return json["date"]?.integer.map(JSON.int) }
    return Moment.milliseconds(of: text).map { .int(Int($0)) }
  }

  private static let lengths = [
    "Unknown", "Inches", "Points", "Feet", "Yards", "Miles", "NauticalMiles", "Millimeters", "Centimeters", "Meters",
    "Kilometers", "DecimalDegrees", "Decimeters", "IntInches", "IntFeet", "IntYards", "IntMiles", "IntNauticalMiles",
  ].map { $0 == "Unknown" ? "esriUnknownUnits" : "esri\($0)" }

  /// A number with its unit; metres where none is said.
  private static func quantity(_ object: JSONObject, _ type: GPDataType) -> JSON? {
    let (name, standard): (String, String) =
      switch type {
      case .arealUnit: ("area", "esriSquareMeters")
      case .timeUnit: ("time", "esriTimeUnitsUnknown")
      default: ("distance", "esriMeters")
      }
    guard let number = object[anyCase: name]?.number else { return .none }
    let unit = object[anyCase: "units"]?.string ?? standard
    let isKnown =
      switch type {
      case .arealUnit: unit.hasPrefix("esri")
      case .timeUnit: unit.hasPrefix("esriTimeUnits")
      default: lengths.contains { $0.lowercased() == unit.lowercased() }
      }
    return isKnown ? .object([name: .double(number), "units": .string(unit)]) : .none
  }
}
