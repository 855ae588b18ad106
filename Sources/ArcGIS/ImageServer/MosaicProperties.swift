import Catalog
import Spatial
import Warp

/// The XML parameters of release 9.3, which 10.0 still read (REST API 1.5).
///
/// No example of Esri's own is left, so elements are found by their local names, whatever their case and depth.
enum MosaicProperties {
  /// Reads `mosaicProperties`; `nil` when it is no XML or a member has an impossible value.
  static func rule(_ text: String) -> MosaicRule? {
    guard let document = XMLElement(parsing: text) else { return nil }
    var rule = MosaicRule()
    if let name = document.text(of: "MosaicMethod", "Method") {
      guard let method = method(name) else { return nil }
      rule.method = method
    }
    if let name = document.text(of: "MosaicOperation", "MosaicOperator") {
      guard let operation = MosaicOperation(name: name) else { return nil }
      rule.operation = operation
    }
    let locked = document.all("LockRasterID", "LockRasterIDs").flatMap { $0.identifiers }
    if !locked.isEmpty { rule.lockRasterIds = locked }
    if let set = document.first("FIDSet", "FIDs") {
      let ids = set.identifiers
      guard !ids.isEmpty else { return nil }
      // With a lock the set names the locked rasters, else those that may be drawn.
      if rule.method == .lockRaster && locked.isEmpty { rule.lockRasterIds = ids } else { rule.objectIds = ids }
    }
    rule.condition = document.text(of: "WhereClause", "Where")
    rule.sortField = document.text(of: "OrderByFieldName", "SortFieldName", "OrderByField")
    rule.sortValue = document.text(of: "OrderByBaseValue", "SortValue").map { text in
      finiteNumber(text).map(FieldValue.double) ?? .string(text)
    }
    if let text = document.text(of: "Ascending") {
      guard let ascending = ParameterType.flag.parse(text) else { return nil }
      rule.ascending = ascending
    }
    rule.viewpoint = point(document.first("Viewpoint")).map { ($0, nil) }
    if rule.method == .lockRaster && rule.lockRasterIds == nil { return nil }
    return rule
  }

  /// Reads `viewpointProperties`; `nil` when it is no XML or has no point.
  static func viewpoint(_ text: String) -> Point? {
    guard let document = XMLElement(parsing: text) else { return nil }
    return point(document.first("Viewpoint") ?? document)
  }

  private static func point(_ element: XMLElement?) -> Point? {
    guard let x = element?.text(of: "X").flatMap({ finiteNumber($0) }),
      let y = element?.text(of: "Y").flatMap({ finiteNumber($0) })
    else { return nil }
    return Point(x: x, y: y)
  }

  /// A method by its name or by the code that the SOAP interface gives it.
  private static func method(_ name: String) -> MosaicMethod? {
    let codes: [MosaicMethod] = [
      .none, .center, .nadir, .viewpoint, .attribute, .lockRaster, .northwest, .seamline,
    ]
    if let code = Int(name) { return codes.indices.contains(code) ? codes[code] : nil }
    return MosaicMethod(name: name)
  }
}

extension XMLElement {
  /// The whole numbers within an element: as children, or as a list with commas or blanks.
  fileprivate var identifiers: [Int64] {
    children.isEmpty
      ? text.split { $0 == "," || $0.isWhitespace }.compactMap { Int64($0) } : children.flatMap(\.identifiers)
  }
}

extension ParameterType where Value == MosaicRule {
  /// The XML form.
  static let mosaicProperties = ParameterType("mosaic properties as XML", control: .area) { MosaicProperties.rule($0) }
}

extension ParameterType where Value == Point {
  /// A viewpoint as XML.
  static let viewpointProperties = ParameterType("viewpoint properties as XML", control: .area) {
    MosaicProperties.viewpoint($0)
  }
}
