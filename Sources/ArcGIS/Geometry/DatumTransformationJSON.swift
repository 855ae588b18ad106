import JSONValue
import Spatial

/// A datum transformation as a client sends it (REST API 1.3.1): which geographic transformations, in which direction.
struct SentDatumTransformation: Sendable {
  /// One geographic transformation.
  private enum Step {
    case code(Int, isForward: Bool)
    case text(String, isForward: Bool)
  }

  private let steps: [Step]

  /// Reads a code, `{"wkid":…}`, `{"wkt":…}`, `{"geoTransforms":[…]}` or the bare text of a definition. `nil` for anything
  /// else.
  init?(_ text: String) {
    if let number = finiteNumber(text) {
      guard let code = Int(exactly: number) else { return nil }
      steps = [.code(code, isForward: true)]
    } else if text.hasPrefix("{") {
      guard let object = (try? JSON(parsing: text))?.object else { return nil }
      let sent = object[anyCase: "geoTransforms"].map { $0.array ?? [] } ?? [.object(object)]
      let steps = sent.prefix(DatumTransformation.mostSteps + 1).compactMap(Self.step)
      guard (1...DatumTransformation.mostSteps).contains(sent.count), steps.count == sent.count else { return nil }
      self.steps = steps
    } else {
      steps = [.text(text, isForward: true)]
    }
  }

  private static func step(_ json: JSON) -> Step? {
    guard let object = json.object else { return json.integer.map { .code($0, isForward: true) } }
    var isForward = true
    if let direction = object[anyCase: "transformForward"], !direction.isNull {
      guard let read = direction.bool ?? direction.string.flatMap({ ParameterType.flag.parse($0) }) else { return nil }
      isForward = read
    }
    for name in ["wkid", "latestWkid"] {
      if let code = object[anyCase: name]?.integer { return .code(code, isForward: isForward) }
    }
    return object[anyCase: "wkt"]?.string.map { .text($0, isForward: isForward) }
  }

  /// The transformation itself.
  /// - Throws: an error that names the parameter and says why it can't be had.
  func resolved() throws(ArcGISError) -> DatumTransformation {
    do throws(SpatialError) {
      var found: [DatumTransformation.Step] = []
      for step in steps {
        switch step {
        case .code(let code, let isForward): found.append(try .init(wkid: code, isForward: isForward))
        case .text(let text, let isForward): found.append(try .init(wkt: text, isForward: isForward))
        }
      }
      return try DatumTransformation(found)
    } catch {
      throw .invalid(
        ExportParameters.datumTransformation.name, expected: "a transformation that can be carried out: \(error.reason)"
      )
    }
  }
}

extension ParameterType where Value == SentDatumTransformation {
  /// A code, JSON or text of geographic transformations.
  static let datumTransformation = ParameterType(
    "the well-known id of a geographic transformation such as 1173, or JSON: {\"wkid\":1173}, {\"wkt\":\"…\"}, "
      + "{\"geoTransforms\":[{\"wkid\":1173,\"transformForward\":true}]}"
  ) { SentDatumTransformation($0) }
}
