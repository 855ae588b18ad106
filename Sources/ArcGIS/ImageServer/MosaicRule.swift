import Catalog
import JSONValue
import Spatial
import Warp

/// Which rasters of a mosaic are drawn, in which order, and how they are folded into one picture (REST API 1.4).
///
/// A member that is `nil` takes the service's own default.
struct MosaicRule: Sendable {
  var method: MosaicMethod?
  /// The condition as text: only the service knows its fields.
  var condition: String?
  var sortField: String?
  var sortValue: FieldValue?
  var ascending: Bool?
  var lockRasterIds: [Int64]?
  var objectIds: [Int64]?
  var viewpoint: (point: Point, spatialReference: SpatialReference?)?
  var operation: MosaicOperation?

  /// Reads the JSON form. `nil` when it is not valid.
  init?(_ text: String) {
    guard let rule = (try? JSON(parsing: text))?.object else { return nil }
    self.init(rule)
  }

  private init?(_ rule: JSONObject) {
    func member(_ name: String) -> JSON? {
      guard let value = rule[anyCase: name], !value.isNull, value != "" else { return nil }
      return value
    }
    if let name = member("mosaicMethod") {
      guard let method = name.string.flatMap({ MosaicMethod(name: $0) }) else { return nil }
      self.method = method
    }
    if let text = member("where") {
      guard let text = text.string else { return nil }
      condition = text
    }
    if let field = member("sortField") {
      guard let field = field.string else { return nil }
      sortField = field
    }
    sortValue = member("sortValue").flatMap(FieldValue.init)
    if let direction = member("ascending") {
      guard let direction = direction.bool ?? direction.string.flatMap({ ParameterType.flag.parse($0) }) else {
        return nil
      }
      ascending = direction
    }
    if let ids = member("lockRasterIds") ?? member("lockRasterId") {
      guard let ids = Self.identifiers(ids) else { return nil }
      lockRasterIds = ids
    }
    if let ids = member("fids") {
      guard let ids = Self.identifiers(ids) else { return nil }
      objectIds = ids
    }
    if let point = member("viewpoint") {
      guard let x = point.object?[anyCase: "x"]?.number, let y = point.object?[anyCase: "y"]?.number,
        x.isFinite, y.isFinite
      else { return nil }
      viewpoint = (Point(x: x, y: y), point.object?[anyCase: "spatialReference"].flatMap { SpatialReference.read($0) })
    }
    if let name = member("mosaicOperation") ?? member("mosaicOperator") {
      guard let operation = name.string.flatMap({ MosaicOperation(name: $0) }) else { return nil }
      self.operation = operation
    }
    if let rendering = member("itemRenderingRule"), !RenderingRule.isNone(rendering) { return nil }
    if method == .lockRaster && lockRasterIds == nil { return nil }
  }

  /// Keys as a list of numbers, one number, or a text with commas.
  static func identifiers(_ json: JSON) -> [Int64]? {
    if let elements = json.array {
      let ids = elements.compactMap { $0.integer.map(Int64.init) }
      return ids.count == elements.count ? ids : nil
    }
    if let id = json.integer { return [Int64(id)] }
    let parts = json.string?.split(separator: ",").map { Int64(String($0.drop { $0 == " " })) } ?? [nil]
    let ids = parts.compactMap(\.self)
    return ids.count == parts.count ? ids : nil
  }

  /// A rule that says nothing.
  init() {}

  /// The rule that draws one raster.
  init(locking objectId: Int64) {
    method = .lockRaster
    lockRasterIds = [objectId]
  }
}

extension FieldValue {
  /// A value to sort by: a number, a text, or a date as a text (`2010/1/1`).
  fileprivate init?(_ json: JSON) {
    switch json {
    case .int(let value): self = .integer(Int64(value))
    case .double(let value): self = .double(value)
    case .string(let text): self = finiteNumber(text).map(FieldValue.double) ?? .string(text)
    case .bool, .null, .array, .object: return nil
    }
  }
}

extension MosaicOperation {
  /// The operation of `MT_FIRST` or, as a service root spells it, `First`.
  init?(name: String) {
    var key = name.lowercased()
    if key.hasPrefix("mt_") { key.removeFirst(3) }
    switch key {
    case "first": self = .first
    case "last": self = .last
    case "min": self = .min
    case "max": self = .max
    case "mean": self = .mean
    case "blend": self = .blend
    case "sum": self = .sum
    default: return nil
    }
  }
}

extension ParameterType where Value == MosaicRule {
  /// The JSON form.
  static let mosaicRule = ParameterType(
    "a mosaic rule as JSON: {\"mosaicMethod\":\"esriMosaicLockRaster\",\"lockRasterIds\":[1]}", control: .area
  ) { MosaicRule($0) }
}
