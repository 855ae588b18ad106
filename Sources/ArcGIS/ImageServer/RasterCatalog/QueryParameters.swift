import Catalog
import JSONValue
import Spatial
import Worlds

/// The parameters of `query` (REST API 1.10).
enum QueryParameters {
  static let condition = Parameter(
    "where", title: "Where", .text, defaultText: "all rasters",
    "A condition on the fields of the catalog, in SQL-92.")
  static let objectIds = Parameter(
    "objectIds", title: "Object IDs", .integers("object ids with commas between them", count: 1...100_000),
    defaultText: "all rasters", "These rasters, whatever else is asked for.")
  static let geometry = Parameter(
    "geometry", title: "Input Geometry", .geometry, defaultText: "everywhere",
    "Where the footprints of the rasters have to lie.")
  static let geometryType =
    Parameter(
      "geometryType", title: "Geometry Type", .choice, default: GeometryType.envelope,
      defaultText: "esriGeometryEnvelope", "What kind of geometry is sent.") as Parameter<GeometryType>
  static let inSR = Parameter(
    "inSR", title: "Input Spatial Reference", .spatialReference, defaultText: "that of the service",
    "The spatial reference of the geometry, where it does not say its own.")
  static let spatialRel =
    Parameter(
      "spatialRel", title: "Spatial Relationship", .choice, default: RequestedRelation.intersects,
      defaultText: "esriSpatialRelIntersects", "How the geometry has to lie to the footprints.")
    as Parameter<RequestedRelation>
  static let relationParam = Parameter(
    "relationParam", title: "Relation", .relationPattern, defaultText: "none",
    "The pattern (DE-9IM) of esriSpatialRelRelation, of the geometry against the footprints.")
  static let outFields = Parameter(
    "outFields", title: "Out Fields", .text, defaultText: "OBJECTID,Name",
    "The fields to answer, with commas between them; * means all.")
  static let returnGeometry = Parameter(
    "returnGeometry", title: "Return Geometry", .flag, default: true, defaultText: "true",
    "Whether the footprints are answered.")
  static let outSR = Parameter(
    "outSR", title: "Output Spatial Reference", .spatialReference, defaultText: "that of the service",
    "The spatial reference of the footprints. GeoJSON and KMZ are always in WGS 84.")
  static let returnIdsOnly = Parameter(
    "returnIdsOnly", title: "Return IDs Only", .flag, default: false, defaultText: "false",
    "Whether only the object ids are answered, all of them.")
  static let returnCountOnly = Parameter(
    "returnCountOnly", title: "Return Count Only", .flag, default: false, defaultText: "false",
    since: ServerVersion(10, 1), "Whether only the number of rasters is answered.")
  static let returnExtentOnly = Parameter(
    "returnExtentOnly", title: "Return Extent Only", .flag, default: false, defaultText: "false",
    since: ServerVersion(10, 8, 1), "Whether only the extent of the rasters is answered.")
  static let pixelSize = Parameter(
    "pixelSize", title: "Pixel Size", .pixelSize, defaultText: "all rasters", since: ServerVersion(10, 1),
    "Rasters that are shown at this size of pixels: MinPS <= size < MaxPS.")
  static let orderByFields = Parameter(
    "orderByFields", title: "Order By Fields", .fieldOrder, defaultText: "OBJECTID", since: ServerVersion(10, 1),
    "The order of the answer: fields with ASC or DESC, with commas between them.")
  static let groupByFields = Parameter(
    "groupByFieldsForStatistics", title: "Group By Fields (for Statistics)", .text, defaultText: "one group",
    since: ServerVersion(10, 1), "The fields that rasters of a group share, with commas between them.")
  static let outStatistics = Parameter(
    "outStatistics", title: "Output Statistics", .outStatistics, defaultText: "none", since: ServerVersion(10, 1),
    "Statistics of fields, answered in place of the rasters.")
  static let returnDistinctValues = Parameter(
    "returnDistinctValues", title: "Return Distinct Values", .flag, default: false, defaultText: "false",
    since: ServerVersion(10, 1), "Whether each combination of values is answered once, without footprints.")
  static let resultOffset = Parameter(
    "resultOffset", title: "Result Offset", .integer(in: 0...Int(Int32.max)), defaultText: "0",
    since: ServerVersion(10, 3), "How many rows are passed over.")
  static let resultRecordCount = Parameter(
    "resultRecordCount", title: "Result Record Count", .integer(in: 1...Int(Int32.max)),
    defaultText: "maxRecordCount of the service", since: ServerVersion(10, 3),
    "How many rows are answered, not above maxRecordCount of the service.")
  static let geometryPrecision = Parameter(
    "geometryPrecision", title: "Geometry Precision", .integer(in: 0...17), defaultText: "all digits",
    "Decimal places of the footprints.")
  static let maxAllowableOffset = Parameter(
    "maxAllowableOffset", title: "Max Allowable Offset", .number(in: 0...Double.greatestFiniteMagnitude),
    defaultText: "a ten-thousandth of a footprint",
    "How far edges of footprints may lie from the true curve in another spatial reference, in its units.")
  static let returnTrueCurves = Parameter(
    "returnTrueCurves", title: "Return True Curves", .text, defaultText: "false",
    "No footprint is curved: it changes nothing.")
  static let multidimensionalDefinition = Parameter(
    "multidimensionalDefinition", title: "Multidimensional Definition", .text, defaultText: "none",
    "No service has dimensions: it changes nothing.")
  static let rasterQuery = Parameter(
    "rasterQuery", title: "Raster Query", .text, defaultText: "none", since: ServerVersion(10, 8, 1),
    "A condition on key properties; not there: it changes nothing.")
}

/// The columns and rows of a pixel in ground units, perhaps with their own spatial reference.
struct SentPixelSize: Sendable {
  /// Width of a pixel.
  let x: Double
  /// Height of a pixel.
  let y: Double
  /// What the JSON form says; `nil` in the simple form.
  let spatialReference: SpatialReference?
}

extension ParameterType where Value == SentPixelSize {
  /// A pixel size in the simple or the JSON form.
  static let pixelSize = ParameterType("x,y or {\"x\":0.18,\"y\":0.18}: two numbers above 0") { text in
    var sizes = numberList(text, count: 2...2) ?? []
    var reference: SpatialReference?
    if text.hasPrefix("{") {
      guard let object = (try? JSON(parsing: text))?.object else { return nil }
      sizes = ["x", "y"].compactMap { object[anyCase: $0]?.number }
      if let sent = object[anyCase: "spatialReference"], !sent.isNull {
        guard let known = SpatialReference.read(sent) else { return nil }
        reference = known
      }
    }
    guard sizes.count == 2, sizes.allSatisfy({ $0.isFinite && $0 > 0 && $0 < 1e15 }) else { return nil }
    return SentPixelSize(x: sizes[0], y: sizes[1], spatialReference: reference)
  }
}

/// One of `orderByFields`: which only the columns of the answer can tell.
struct SentOrder: Sendable {
  /// The name of a column.
  let name: String
  /// The direction.
  let ascending: Bool
}

extension ParameterType where Value == [SentOrder] {
  /// Names with or without a direction.
  static let fieldOrder = ParameterType("fields with commas between them, each with ASC or DESC if one likes") { text in
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 32 else { return nil }
    let orders = parts.compactMap { part -> SentOrder? in
      let words = part.split(whereSeparator: \.isWhitespace)
      switch (words.count, words.last?.lowercased()) {
      case (1, _), (2, "asc"): return SentOrder(name: String(words[0]), ascending: true)
      case (2, "desc"): return SentOrder(name: String(words[0]), ascending: false)
      default: return nil
      }
    }
    return orders.count == parts.count ? orders : nil
  }
}

/// One of `outStatistics`, its field not yet looked up.
struct SentStatistic: Sendable {
  /// What is worked out.
  let kind: FieldStatistic.Kind
  /// The field's name.
  let field: String
  /// The column's name; `nil` leaves it to the server.
  let name: String?
}

extension ParameterType where Value == [SentStatistic] {
  /// The JSON form.
  static let outStatistics = ParameterType(
    "a list of up to 64 such as {\"statisticType\":\"count\",\"onStatisticField\":\"Name\",\"outStatisticFieldName\":\"N\"}; "
      + "types: " + FieldStatistic.Kind.allCases.map(\.rawValue).joined(separator: ", "), control: .area
  ) { text in
    guard let elements = (try? JSON(parsing: text))?.array, (1...64).contains(elements.count) else { return nil }
    let statistics = elements.compactMap { element -> SentStatistic? in
      guard let object = element.object,
        let kind = object[anyCase: "statisticType"]?.string.flatMap({ FieldStatistic.Kind(rawValue: $0.lowercased()) }),
        let field = object[anyCase: "onStatisticField"]?.string
      else { return nil }
      let name = object[anyCase: "outStatisticFieldName"]?.string
      return SentStatistic(kind: kind, field: field, name: name?.isEmpty == false ? name : nil)
    }
    return statistics.count == elements.count ? statistics : nil
  }
}
