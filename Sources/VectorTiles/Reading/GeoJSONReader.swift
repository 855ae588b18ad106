import JSONValue
import Spatial

/// Reads a GeoJSON file feature by feature: a FeatureCollection, a Feature, a geometry, or a sequence of them, one a line or
/// after a record separator (RFC 7946, RFC 8142). Members may come in any order.
///
/// A feature that is wrong is left out, or mended, and told of; a text that is no JSON ends the reading.
struct GeoJSONReader: ~Copyable {
  /// What a feature's text may have in bytes.
  static let largestFeature = 64 << 20
  /// What a property's value may have in bytes.
  static let largestValue = 1 << 20

  private let path: String
  private var scanner: JSONScanner
  private var feature = SourceFeature()
  /// The `id` of the feature, where it is not a number that a tile can hold.
  private var otherID: [UInt8] = []
  /// What is wrong with the feature.
  private var flaws: [(reason: String, isLoss: Bool)] = []
  /// The byte behind which nothing more of the feature is kept.
  private var limit = 0
  private let take: (inout SourceFeature, inout [(reason: String, isLoss: Bool)]) throws(VectorTileError) -> Void

  /// Names and types of the properties.
  private(set) var fields = FieldTable()
  /// How many features there are, those without a geometry too.
  private(set) var featureCount = 0
  /// How many features have no geometry, which is no fault.
  private(set) var withoutGeometry = 0
  /// The first problems.
  private(set) var problems: [SourceProblem] = []
  /// How many problems there are.
  private(set) var problemCount = 0
  /// The reference of the coordinates.
  private(set) var reference: SpatialReference
  /// Whether a reference other than the assumed one was met behind features: they have to be read again.
  private(set) var hasLateReference = false

  /// A reader of a file.
  /// - Parameters:
  ///   - reference: that of the coordinates while the file doesn't say another.
  ///   - take: gets each feature that has a geometry, and adds what is wrong with it.
  init(
    path: String, reference: SpatialReference,
    take: @escaping (inout SourceFeature, inout [(reason: String, isLoss: Bool)]) throws(VectorTileError) -> Void
  ) throws(VectorTileError) {
    self.path = path
    self.reference = reference
    self.take = take
    scanner = try JSONScanner(path: path)
  }

  /// Reads all.
  mutating func read() throws(VectorTileError) {
    var values = 0
    var isSequence = false
    while true {
      let byte = try scanner.next()
      if byte == 0x1E {
        isSequence = true
        scanner.advance()
        continue
      }
      if try scanner.isAtEnd() { break }
      let before = featureCount
      do throws(VectorTileError) {
        try document()
      } catch .notGeoJSON(_, let offset, let reason) where isSequence || values > 0 {
        // The other texts of a sequence are whole.
        if featureCount == before { featureCount += 1 }
        note("\(reason) at byte \(offset)", isLoss: true, offset: feature.offset)
        try scanner.skipLine()
      }
      values += 1
    }
    guard values > 0 else { throw scanner.error("a GeoJSON object was expected") }
  }

  private mutating func document() throws(VectorTileError) {
    begin()
    guard try scanner.next() == UInt8(ascii: "{") else { throw scanner.error("a GeoJSON object was expected") }
    try object(isTop: true)
  }

  private mutating func begin() {
    feature.removeAll()
    feature.offset = scanner.offset
    otherID.removeAll(keepingCapacity: true)
    flaws.removeAll(keepingCapacity: true)
    limit = scanner.offset + Self.largestFeature
    fields.beginFeature()
  }

  private mutating func note(_ reason: String, isLoss: Bool, offset: Int) {
    problemCount += 1
    guard problems.count < SourceProblem.mostKept else { return }
    problems.append(SourceProblem(feature: featureCount, offset: offset, reason: reason, isLoss: isLoss))
  }

  private enum Name {
    static let type = Array("type".utf8)
    static let geometry = Array("geometry".utf8)
    static let properties = Array("properties".utf8)
    static let id = Array("id".utf8)
    static let features = Array("features".utf8)
    static let coordinates = Array("coordinates".utf8)
    static let geometries = Array("geometries".utf8)
    static let crs = Array("crs".utf8)
  }

  /// Reads an object of any type, and hands over what it is.
  private mutating func object(isTop: Bool) throws(VectorTileError) {
    var draft = GeometryDraft()
    var hasFeatures = false
    var hasGeometryMember = false
    let start = scanner.offset
    if try scanner.opens(until: UInt8(ascii: "}")) {
      repeat {
        try scanner.name(limit: 64)
        switch scanner.text {
        case Name.type: draft.type = try text()
        case Name.geometry:
          hasGeometryMember = true
          try geometry(depth: 1)
        case Name.properties: try properties()
        case Name.id: try identifier()
        case Name.features where isTop:
          hasFeatures = true
          try features()
        case Name.coordinates: draft.coordinates = try scanner.coordinates(limit: limit)
        case Name.geometries: try geometries(of: &draft, depth: 1)
        case Name.crs where isTop: try readReference()
        default: try scanner.skipValue()
        }
        if hasLateReference { return }
      } while try scanner.hasMore(until: UInt8(ascii: "}"))
    }
    if isTop, hasFeatures { return }
    switch draft.type.flatMap(GeoJSONType.init(rawValue:)) {
    case .feature: break
    case .featureCollection:
      if isTop { throw .notGeoJSON(path: path, offset: start, "a FeatureCollection has no features") }
      flaws.append(("a FeatureCollection stands where a feature belongs", true))
    case nil where !hasGeometryMember:
      let reason =
        draft.type.map { "\"\($0.prefix(40))\" is no type of GeoJSON" } ?? "an object has no type"
      if isTop { throw .notGeoJSON(path: path, offset: start, reason) }
      flaws.append((reason, true))
    case nil: flaws.append(("it has no type, and is taken as a Feature", false))
    default:
      // A geometry alone.
      if let flaw = draft.finish(into: &feature) { flaws.append((flaw, true)) }
    }
    try handOver()
  }

  private mutating func handOver() throws(VectorTileError) {
    featureCount += 1
    feature.number = featureCount
    if scanner.offset > limit {
      feature.removeAll()
      flaws = [("it is larger than \(Self.largestFeature >> 20) MB", true)]
    } else if feature.hasGeometry {
      keepOtherID()
      feature.reference = reference
      try take(&feature, &flaws)
      for attribute in feature.attributes {
        fields.types[attribute.key].insert(FieldTable.Types(ofValue: feature.values[attribute.value.lowerBound]))
      }
    } else if flaws.isEmpty {
      withoutGeometry += 1
    }
    for flaw in flaws { note(flaw.reason, isLoss: flaw.isLoss, offset: feature.offset) }
  }

  /// Keeps an `id` that no tile can hold as a property, where no property has its name.
  private mutating func keepOtherID() {
    guard !otherID.isEmpty, let key = fields.number(of: Name.id), !feature.attributes.contains(where: { $0.key == key })
    else { return }
    let start = feature.values.count
    feature.values += otherID
    feature.attributes.append((key, start..<feature.values.count))
  }

  private mutating func features() throws(VectorTileError) {
    guard try scanner.next() == UInt8(ascii: "[") else { throw scanner.error("an array of features was expected") }
    guard try scanner.opens(until: UInt8(ascii: "]")) else { return }
    repeat {
      let byte = try scanner.next()
      begin()
      if byte == UInt8(ascii: "{") {
        try object(isTop: false)
      } else {
        try scanner.skipValue()
        featureCount += 1
        note("it is no object", isLoss: true, offset: feature.offset)
      }
    } while try scanner.hasMore(until: UInt8(ascii: "]"))
  }

  /// The text of a string; `nil` for another value, which is gone over.
  private mutating func text() throws(VectorTileError) -> String? {
    guard try scanner.next() == UInt8(ascii: "\"") else {
      try scanner.skipValue()
      return nil
    }
    try scanner.string(limit: 64)
    return String(decoding: scanner.text, as: UTF8.self)
  }

  // MARK: Geometries

  private mutating func geometry(depth: Int) throws(VectorTileError) {
    switch try scanner.next() {
    case UInt8(ascii: "{"): break
    case UInt8(ascii: "n"): return try scanner.skipValue()
    default:
      try scanner.skipValue()
      flaws.append(("its geometry is no object", true))
      return
    }
    try scanner.checkDepth(depth)
    var draft = GeometryDraft()
    if try scanner.opens(until: UInt8(ascii: "}")) {
      repeat {
        try scanner.name(limit: 64)
        switch scanner.text {
        case Name.type: draft.type = try text()
        case Name.coordinates: draft.coordinates = try scanner.coordinates(limit: limit)
        case Name.geometries: try geometries(of: &draft, depth: depth)
        default: try scanner.skipValue(depth: depth)
        }
      } while try scanner.hasMore(until: UInt8(ascii: "}"))
    }
    if let flaw = draft.finish(into: &feature) { flaws.append((flaw, true)) }
  }

  private mutating func geometries(of draft: inout GeometryDraft, depth: Int) throws(VectorTileError) {
    guard try scanner.next() == UInt8(ascii: "[") else { return try scanner.skipValue() }
    draft.hasGeometries = true
    guard try scanner.opens(until: UInt8(ascii: "]")) else { return }
    repeat { try geometry(depth: depth + 1) } while try scanner.hasMore(until: UInt8(ascii: "]"))
  }

  // MARK: Properties

  private mutating func properties() throws(VectorTileError) {
    guard try scanner.next() == UInt8(ascii: "{") else { return try scanner.skipValue() }
    guard try scanner.opens(until: UInt8(ascii: "}")) else { return }
    repeat {
      try scanner.name(limit: Self.largestValue)
      let key = scanner.offset < limit ? fields.number(of: scanner.text) : nil
      let start = feature.values.count
      guard let key else {
        try scanner.skipValue()
        if scanner.offset < limit { addFlaw("it has properties with names beyond the first \(FieldTable.most)") }
        continue
      }
      try value()
      // Of members of the same name the last one counts.
      if fields.isRepeated(key) { feature.attributes.removeAll { $0.key == key } }
      if feature.values.count > start { feature.attributes.append((key, start..<feature.values.count)) }
    } while try scanner.hasMore(until: UInt8(ascii: "}"))
  }

  private mutating func addFlaw(_ reason: String) {
    if !flaws.contains(where: { $0.reason == reason }) { flaws.append((reason, true)) }
  }

  /// Reads a value to the feature's; `null` and what is no number adds nothing.
  private mutating func value() throws(VectorTileError) {
    switch try scanner.next() {
    case UInt8(ascii: "\""):
      if try scanner.string(limit: Self.largestValue) {
        ValueCoding.append(string: scanner.text, to: &feature.values)
      } else {
        addFlaw("a property's text is longer than \(Self.largestValue) bytes")
      }
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var text: [UInt8] = []
      if try scanner.copyValue(into: &text, limit: Self.largestValue, depth: 2) {
        ValueCoding.append(string: text, to: &feature.values)
      } else {
        addFlaw("a property's text is longer than \(Self.largestValue) bytes")
      }
    case UInt8(ascii: "t"):
      try scanner.word("true")
      ValueCoding.append(true, to: &feature.values)
    case UInt8(ascii: "f"):
      try scanner.word("false")
      ValueCoding.append(false, to: &feature.values)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try scanner.number()
      if number.value.isFinite {
        ValueCoding.append(number, to: &feature.values)
      } else {
        addFlaw("a property's number is too large")
      }
    case UInt8(ascii: "-"):
      guard try !scanner.isInfinity() else { return try scanner.skipWord() }
      let number = try scanner.number()
      if number.value.isFinite {
        ValueCoding.append(number, to: &feature.values)
      } else {
        addFlaw("a property's number is too large")
      }
    default: try scanner.skipWord()
    }
  }

  private mutating func identifier() throws(VectorTileError) {
    let start = feature.values.count
    try value()
    let bytes = Array(feature.values[start...])
    feature.values.removeLast(bytes.count)
    feature.id = bytes.withUnsafeBytes { ValueCoding.identifier($0) }
    otherID = feature.id == nil ? bytes : []
  }

  // MARK: The reference

  /// Reads `crs`, which GeoJSON had before RFC 7946.
  private mutating func readReference() throws(VectorTileError) {
    var text: [UInt8] = []
    let isWhole = try scanner.copyValue(into: &text, limit: 65_536)
    guard isWhole, let value = try? JSON(parsing: text), !value.isNull else { return }
    let found: SpatialReference
    do throws(SpatialError) {
      found = try SourceReference.named(by: value)
    } catch {
      throw .spatialReference(path: path, error.reason)
    }
    guard !found.isSame(as: reference) else { return }
    reference = found
    hasLateReference = featureCount > 0 || feature.hasGeometry
  }
}

extension FieldTable.Types {
  /// The type of an encoded value, by its first byte.
  init(ofValue tag: UInt8) {
    switch tag >> 3 {
    case 1: self = .string
    case 7: self = .boolean
    default: self = .number
    }
  }
}
