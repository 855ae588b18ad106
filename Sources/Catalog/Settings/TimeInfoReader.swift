import JSONValue

/// Reads `timeInfo` of a `service.json`: `{"startTimeField": "AcqDate", "endTimeField": "AcqDate"}`.
struct TimeInfoReader {
  /// What it says; `nil` where its fields can't tell a time.
  let timeInfo: TimeInfo?
  /// Why they can't, and members that mean nothing, one sentence each.
  private(set) var warnings: [String] = []

  /// - Parameters:
  ///   - json: the value of the member.
  ///   - fields: those that the file adds to the catalog, in any case.
  ///   - kind: a service that is one raster has no catalog, and so no times.
  /// - Throws: `ServiceFileError` where a member is of the wrong type.
  init(_ json: JSON, fields: [CatalogField], kind: ServiceKind) throws(ServiceFileError) {
    guard let members = json.object, let start = members["startTimeField"]?.string else {
      throw ServiceFileError(reason: "\"timeInfo\" has to be an object with a \"startTimeField\", the name of a field")
    }
    var end = start
    if let value = members["endTimeField"], !value.isNull {
      guard let name = value.string else {
        throw ServiceFileError(reason: "\"endTimeField\" of \"timeInfo\" has to be the name of a field")
      }
      end = name
    }
    for (name, _) in members where !["startTimeField", "endTimeField"].contains(name) {
      warnings.append("\"\(name)\" of \"timeInfo\" means nothing here and is passed over")
    }
    guard kind == .mosaicDataset else {
      warnings.append("\"timeInfo\" is passed over: a service of one raster has no catalog")
      timeInfo = nil
      return
    }
    var found: [String] = []
    for (member, name) in [("startTimeField", start), ("endTimeField", end)] {
      if let field = fields.first(where: { $0.name.lowercased() == name.lowercased() && $0.type == .date }) {
        found.append(field.name)
      } else if member == "startTimeField" || name != start {
        warnings.append(
          "\"timeInfo\" is passed over: its \"\(member)\" names \(name), which is not a date field of this service")
      }
    }
    timeInfo = found.count == 2 ? TimeInfo(startField: found[0], endField: found[1]) : nil
  }
}
