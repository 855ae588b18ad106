import Catalog
import JSONValue

extension CatalogField {
  /// The field as answers list it (REST API 4.10).
  var json: JSON {
    var members: JSONObject = [
      "name": .string(name), "type": .string(type.rawValue), "alias": .string(alias), "domain": domain,
    ]
    if let length { members["length"] = .int(length) }
    return .object(members)
  }

  /// The codes of the field that has some: `Category` (REST API 1.2).
  private var domain: JSON {
    guard name == "Category" else { return .null }
    let codes: [(String, Int)] = [
      ("Unknown", 0), ("Primary", 1), ("Overview", 2), ("Unprocessed Overview", 3), ("Partial Overview", 4),
      ("Uploaded", 253), ("Incomplete", 254), ("Custom", 255),
    ]
    return [
      "type": "codedValue", "name": "MosaicCatalogItemCategoryDomain",
      "codedValues": .array(codes.map { ["name": .string($0.0), "code": .int($0.1)] }),
    ]
  }
}

extension FieldValue {
  /// The value as answers have it; dates in milliseconds since 1970.
  var json: JSON {
    switch self {
    case .null: .null
    case .integer(let value), .date(let value): .int(Int(value))
    case .double(let value): .double(value)
    case .string(let text): .string(text)
    }
  }
}

extension TimeInfo {
  /// The fields as a service root has them (REST API 1.2).
  /// - Parameter extent: the first and the last moment of the rasters; `nil` where none has a time.
  func json(_ extent: TimeSpan?) -> JSON {
    [
      "startTimeField": .string(startField), "endTimeField": .string(endField),
      "timeExtent": extent.map { [.int(Int($0.lowerBound)), .int(Int($0.upperBound))] } ?? .null,
      "timeReference": .null, "timeInterval": .null, "timeIntervalUnits": .null,
    ]
  }
}
