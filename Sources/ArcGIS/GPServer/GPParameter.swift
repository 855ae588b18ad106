import JSONValue
import Worlds

/// A parameter of a geoprocessing task, declared once: what its page tells of it, and how a submission is read.
struct GPParameter: Sendable {
  /// Whether it must, may, or can't be given (REST API 2.2, `parameterType`).
  enum Kind: String, Sendable {
    case required = "esriGPParameterTypeRequired"
    case optional = "esriGPParameterTypeOptional"
    case derived = "esriGPParameterTypeDerived"
  }

  /// The name in requests and answers.
  let name: String
  /// The type of its values.
  let type: GPDataType
  /// Whether it must, may, or can't be given: the latter are outputs.
  let kind: Kind
  /// One line for the documentation.
  let summary: String

  /// A parameter from its parts.
  init(_ name: String, _ type: GPDataType, _ kind: Kind, _ summary: String) {
    self.name = name
    self.type = type
    self.kind = kind
    self.summary = summary
  }

  /// Whether the task makes it.
  var isOutput: Bool { kind == .derived }

  /// The parameter of the operation that submits a job. Its text is read by the job: a value that can't be meant fails the
  /// job, as on a real server, and only one that is missing is refused at the door.
  var submitted: Parameter<String> {
    Parameter(
      name, title: "\(name) (\(type.name))", ParameterType(type.name, control: type.control) { $0 },
      defaultText: kind == .required ? nil : "none", required: kind == .required,
      missing: ArcGISError(
        code: 400, message: "Unable to complete operation.",
        details: ["Error executing tool. ERROR 000735: \(name): Value is required"]),
      summary)
  }

  /// The parameter as the page of its task tells it (REST API 2.2).
  func json(for version: ServerVersion) -> JSON {
    var members: JSONObject = [
      "name": .string(name), "dataType": .string(type.name), "displayName": .string(name),
      "description": .string(summary),
      "direction": .string(isOutput ? "esriGPParameterDirectionOutput" : "esriGPParameterDirectionInput"),
      "defaultValue": isOutput ? .null : "", "parameterType": .string(kind.rawValue), "category": "",
    ]
    if let element = type.element, version >= ServerVersion(11, 0) {
      members["parameterInfos"] = [["name": "", "dataType": .string(element.name), "displayName": ""]]
    }
    return .object(members)
  }
}
