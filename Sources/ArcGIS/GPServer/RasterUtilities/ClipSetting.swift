import JSONValue
import Jobs
import Spatial

/// The input `clipSetting`: which part is wanted (REST API 2.8).
struct ClipSetting {
  /// An area and the spatial reference of its coordinates; that of the service where it says none.
  typealias Area = (geometry: Geometry, spatialReference: SpatialReference?)

  /// The shape that pixels have to lie in, or outside of.
  let shape: Area?
  /// The box that limits what is made.
  let extent: Area?
  /// Whether what lies outside of the shape is kept, rather than what lies within it.
  let keepsOutside: Bool

  private static let name = "clipSetting"

  /// Reads the input; without one all is wanted.
  /// - Throws: `JobFailure` for what can't be meant.
  init(_ input: JSON?) throws(JobFailure) {
    let object = try TaskJSON.object(input, of: Self.name) ?? [:]
    let shape = object[anyCase: "ClippingGeometry"] ?? object[anyCase: "Geometry"]
    self.shape = try shape.flatMap { (json) throws(JobFailure) in try Self.area(json, "ClippingGeometry") }
    extent = try object[anyCase: "extent"].flatMap { (json) throws(JobFailure) in try Self.area(json, "extent") }
    switch object[anyCase: "ClippingType"] ?? object[anyCase: "clipType"] ?? 1 {
    case let type where type.integer == 1: keepsOutside = false
    case let type where type.integer == 2: keepsOutside = true
    case .null: keepsOutside = false
    default: throw TaskJSON.invalid(Self.name, "ClippingType 1 (inside is kept) or 2 (outside is kept)")
    }
  }

  /// A polygon or an envelope; `nil` for `null` and an empty object.
  static func area(_ json: JSON, _ member: String) throws(JobFailure) -> Area? {
    guard !json.isNull else { return nil }
    let object = json.object ?? json.string.flatMap { (try? JSON(parsing: $0))?.object }
    guard let object else { throw TaskJSON.invalid(name, "\(member) as a JSON object") }
    guard !object.isEmpty else { return nil }
    let type: GeometryType = object[anyCase: "rings"] == nil ? .envelope : .polygon
    do throws(SentGeometry.Problem) {
      let sent = try SentGeometry(.object(object), as: type)
      return (sent.geometry, sent.spatialReference)
    } catch {
      throw TaskJSON.invalid(name, "\(member) as a polygon or an envelope: \(error.expected)")
    }
  }
}
