import JSONValue

/// Reads `fields` and `rasters` of a `service.json`: what the owner says of single rasters.
struct RasterAttributes {
  /// Fields beside the standard ones, declared ones first, then in the order of their first use.
  private(set) var fields: [CatalogField] = []
  /// Attributes by file name.
  private(set) var rasters: [String: [String: FieldValue]] = [:]

  /// Standard fields whose value the owner may give.
  private static let settable: Set<String> = [
    "Name", "MinPS", "MaxPS", "LowPS", "HighPS", "Category", "Tag", "GroupName", "ProductName", "ZOrder",
  ]

  /// Declares fields: `[{"name": "CloudCover", "type": "esriFieldTypeDouble", "alias": "Clouds"}]`.
  mutating func declare(_ json: JSON) throws(ServiceFileError) {
    guard let elements = json.array else { throw ServiceFileError(reason: "\"fields\" has to be a list of objects") }
    for element in elements {
      guard let name = element["name"]?.string, let typeName = element["type"]?.string,
        let type = CatalogField.FieldType(rawValue: typeName), [.integer, .double, .string, .date].contains(type)
      else {
        throw ServiceFileError(
          reason: "every one of \"fields\" needs a \"name\" and a \"type\": esriFieldTypeInteger, esriFieldTypeDouble, "
            + "esriFieldTypeString or esriFieldTypeDate")
      }
      try checkName(name)
      guard standardField(name) == nil, field(name) == nil else {
        throw ServiceFileError(reason: "the field \"\(name)\" is there already")
      }
      let alias = element["alias"]?.string
      fields.append(CatalogField(name: name, type: type, alias: alias, length: type == .string ? Self.textLength : nil))
    }
  }

  /// Reads attributes: `{"europe.tif": {"Name": "Europe", "AcquisitionDate": "2010-06-01", "CloudCover": 3.5}}`.
  mutating func read(_ json: JSON) throws(ServiceFileError) {
    guard let files = json.object else {
      throw ServiceFileError(reason: "\"rasters\" has to be an object with a member for each file")
    }
    try inferFields(of: files)
    for (file, members) in files {
      var attributes: [String: FieldValue] = [:]
      for (name, value) in members.object ?? JSONObject() {
        guard let field = standardField(name) ?? field(name) else { continue }
        guard let fieldValue = Self.value(value, as: field.type) else {
          throw ServiceFileError(reason: "\"\(name)\" of \"\(file)\" does not fit its field, a \(field.type.rawValue)")
        }
        if fieldValue != .null { attributes[field.name] = fieldValue }
      }
      rasters[file] = attributes
    }
  }

  /// Adds the fields that are not declared, with the narrowest type that holds all their values.
  private mutating func inferFields(of files: JSONObject) throws(ServiceFileError) {
    var values: [String: [JSON]] = [:]
    var order: [String] = []
    for (file, members) in files {
      guard let members = members.object else {
        throw ServiceFileError(reason: "the attributes of \"\(file)\" have to be an object")
      }
      for (name, value) in members {
        if let standard = standardField(name) {
          guard Self.settable.contains(standard.name) else {
            throw ServiceFileError(reason: "\"\(standard.name)\" of \"\(file)\" is measured and can't be set")
          }
        } else if field(name) == nil {
          try checkName(name)
          let key = name.lowercased()
          if values[key] == nil { order.append(name) }
          values[key, default: []].append(value)
        }
      }
    }
    for name in order {
      let all = values[name.lowercased(), default: []]
      let types: [CatalogField.FieldType] = [.integer, .double, .date, .string]
      guard let type = types.first(where: { type in all.allSatisfy { Self.value($0, as: type) != nil } }) else {
        throw ServiceFileError(reason: "the values of \"\(name)\" have to be all numbers or all strings")
      }
      fields.append(CatalogField(name: name, type: type, length: type == .string ? Self.textLength : nil))
    }
  }

  private static let textLength = 256

  /// A value as its field holds it; `nil` when it does not fit.
  private static func value(_ json: JSON, as type: CatalogField.FieldType) -> FieldValue? {
    switch (json, type) {
    case (.null, _): .null
    case (.int(let number), .integer): .integer(Int64(number))
    case (.int(let number), .double): .double(Double(number))
    case (.double(let number), .double): .double(number)
    case (.string(let text), .string): .string(text)
    case (.int(let milliseconds), .date): .date(Int64(milliseconds))
    case (.string(let text), .date): Moment.milliseconds(of: text).map(FieldValue.date)
    default: nil
    }
  }

  private func standardField(_ name: String) -> CatalogField? {
    CatalogField.standard.first { $0.name.lowercased() == name.lowercased() }
  }

  private func field(_ name: String) -> CatalogField? {
    fields.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Names have the form of SQL identifiers, because clients use them in where clauses.
  private func checkName(_ name: String) throws(ServiceFileError) {
    let bytes = name.utf8
    let isLetter: (UInt8) -> Bool = { (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
    guard let first = bytes.first, isLetter(first), bytes.count <= 64,
      bytes.allSatisfy({ isLetter($0) || (48...57).contains($0) })
    else {
      throw ServiceFileError(
        reason:
          "the field name \"\(name)\" has to begin with a letter and to have only letters, digits and _, 64 at most")
    }
  }
}
