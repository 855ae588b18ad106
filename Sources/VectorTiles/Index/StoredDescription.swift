import JSONValue

/// A description as an index keeps it, with what it was made from and the names of all fields that records use.
struct StoredDescription {
  var source: SourceFile?
  var names: [[UInt8]] = []
  var types: [FieldTable.Types] = []
  var box = GridBox.empty
  var description = LayerDescription()

  /// Nothing yet.
  init() {}

  /// The text.
  var bytes: [UInt8] {
    let problems = description.problems.map { problem -> JSON in
      [.int(problem.feature), .int(problem.offset), .string(problem.reason), .bool(problem.isLoss)]
    }
    let members: JSON = [
      "path": .string(source?.path ?? ""), "size": .int(source?.size ?? 0), "changed": .int(source?.changed ?? 0),
      "names": .array(names.map { .string(String(decoding: $0, as: UTF8.self)) }),
      "types": .array(types.map { .int($0.rawValue) }),
      "box": box.isEmpty ? .null : [.int(box.minX), .int(box.minY), .int(box.maxX), .int(box.maxY)],
      "features": .int(description.featureCount), "withoutGeometry": .int(description.withoutGeometry),
      "kinds": .array(GeometryKind.allCases.map { .int(description.kinds[$0] ?? 0) }),
      "problems": .array(problems), "problemCount": .int(description.problemCount),
    ]
    return members.serialized()
  }

  /// Reads a text; `nil` where it isn't one that `source` was told of.
  init?(_ bytes: UnsafeRawBufferPointer, of source: SourceFile) {
    guard let json = try? JSON(parsing: Array(bytes)), json["path"]?.string == source.path,
      json["size"]?.integer == source.size, json["changed"]?.integer == source.changed,
      let names = json["names"]?.array?.compactMap(\.string), let types = json["types"]?.array?.compactMap(\.integer),
      names.count == types.count, let kinds = json["kinds"]?.array?.compactMap(\.integer), kinds.count == 3
    else { return nil }
    self.source = source
    self.names = names.map { Array($0.utf8) }
    self.types = types.map(FieldTable.Types.init(rawValue:))
    if let box = json["box"]?.array?.compactMap(\.integer), box.count == 4 {
      self.box = GridBox(minX: box[0], minY: box[1], maxX: box[2], maxY: box[3])
    }
    description.featureCount = json["features"]?.integer ?? 0
    description.withoutGeometry = json["withoutGeometry"]?.integer ?? 0
    description.problemCount = json["problemCount"]?.integer ?? 0
    description.problems = (json["problems"]?.array ?? []).compactMap { problem in
      guard let feature = problem[0]?.integer, let offset = problem[1]?.integer, let reason = problem[2]?.string,
        let isLoss = problem[3]?.bool
      else { return nil }
      return SourceProblem(feature: feature, offset: offset, reason: reason, isLoss: isLoss)
    }
    complete(kinds)
  }

  /// Fills in what follows from the rest.
  private mutating func complete(_ kinds: [Int]) {
    for (kind, count) in zip(GeometryKind.allCases, kinds) where count > 0 { description.kinds[kind] = count }
    for (name, types) in zip(names, types) where !types.isEmpty {
      let type: LayerDescription.FieldType = types == .number ? .number : types == .boolean ? .boolean : .string
      description.fields.append(LayerDescription.Field(name: String(decoding: name, as: UTF8.self), type: type))
    }
    description.setExtent(box)
  }
}
