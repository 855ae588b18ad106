import JSONValue
import Jobs
import Worlds

extension Job {
  /// The job as the answer to a question for its status (REST API 2.5).
  public func json(withMessages: Bool = true, for version: ServerVersion) -> JSON {
    var members: JSONObject = ["jobId": .string(key.id), "jobStatus": .string(status.rawValue)]
    if let progress, version >= ServerVersion(10, 8, 1) { members["progress"] = progress.json }
    members["results"] = Self.references(results, "results")
    members["inputs"] = Self.references(inputs, "inputs")
    if withMessages {
      members["messages"] = .array(
        messages.map { ["type": .string($0.kind.rawValue), "description": .string($0.text)] })
    }
    return .object(members)
  }

  private static func references(_ values: [JobValue], _ folder: String) -> JSON {
    .object(JSONObject(values.filter(\.isTold).map { ($0.name, ["paramUrl": .string("\(folder)/\($0.name)")]) }))
  }
}

extension JobProgress {
  fileprivate var json: JSON {
    guard let percent else { return ["type": "default", "message": .string(message)] }
    return ["type": "step", "message": .string(message), "percent": .int(percent)]
  }
}

extension JobValue {
  /// Whether clients are told of it; not of what the server notes for itself, whose names begin with `_`.
  var isTold: Bool { !name.hasPrefix("_") }

  /// What stands for the address of the output directories in a value.
  static let directories = "{directories}"

  /// The value as an answer has it (REST API 2.6).
  func json(directories: String) -> JSON {
    [
      "paramName": .string(name), "dataType": .string(dataType),
      "value": value.replacing(Self.directories, with: directories),
    ]
  }
}

extension JSON {
  /// The value with the beginnings of its texts replaced.
  fileprivate func replacing(_ start: String, with other: String) -> JSON {
    switch self {
    case .string(let text) where text.hasPrefix(start): .string(other + text.dropFirst(start.count))
    case .array(let elements): .array(elements.map { $0.replacing(start, with: other) })
    case .object(let object): .object(JSONObject(object.map { ($0.name, $0.value.replacing(start, with: other)) }))
    case .null, .bool, .int, .double, .string: self
    }
  }
}
