import JSONValue

/// The operations as an OpenAPI 3.1 document: a machine-readable description that follows from the declarations alone.
public enum OpenAPIDocument {
  /// The document.
  /// - Parameters:
  ///   - context: the first part of every path, without slashes.
  ///   - operations: what it describes.
  public static func json(context: String, operations: [Operation] = Operations.all) -> JSON {
    var paths = JSONObject()
    for operation in operations {
      let prefix = "/\(context)" + operation.scope.path
      let path = operation.path.description.isEmpty ? prefix : "\(prefix)/\(operation.path.template)"
      paths[path] = ["get": description(of: operation, path: path)]
    }
    return [
      "openapi": "3.1.0",
      "info": ["title": "mock-arcgis", "version": "1", "description": "Every operation answers GET and POST alike."],
      "paths": .object(paths),
    ]
  }

  private static func description(of operation: Operation, path: String) -> JSON {
    let variables = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part -> JSON in
      return [
        "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
        "schema": ["type": "string"],
      ]
    }
    var parameters = variables + operation.parameters.map(description)
    if let first = operation.formats.first {
      parameters.append([
        "name": "f", "in": "query", "description": "The form of the answer.",
        "schema": [
          "type": "string", "enum": .array(operation.formats.map { .string($0.rawValue) }),
          "default": .string(first.rawValue),
        ],
      ])
    }
    var members: JSONObject = [
      "summary": .string(operation.title), "description": .string(operation.summary),
      "parameters": .array(parameters), "responses": ["200": ["description": "The answer, or an error in its body."]],
      "x-since": .string(operation.versions.since.description),
    ]
    if let capability = operation.capability { members["x-capability"] = .string(capability) }
    if let dropped = operation.versions.dropped { members["x-dropped"] = .string(dropped.description) }
    return .object(members)
  }

  private static func description(of parameter: any ParameterDeclaration) -> JSON {
    let schema: JSON =
      switch parameter.control {
      case .line, .area: ["type": "string"]
      case .integer: ["type": "integer"]
      case .number: ["type": "number"]
      case .flag: ["type": "boolean"]
      case .choice(let words): ["type": "string", "enum": .array(words.map(JSON.string))]
      }
    var members: JSONObject = [
      "name": .string(parameter.name), "in": "query", "required": .bool(parameter.isRequired),
      "description": .string("\(parameter.summary) Expected: \(parameter.expected)."), "schema": schema,
      "x-since": .string(parameter.versions.since.description),
    ]
    if let dropped = parameter.versions.dropped { members["x-dropped"] = .string(dropped.description) }
    if let text = parameter.standardText { members["x-default"] = .string(text) }
    return .object(members)
  }
}

extension Operation.Scope {
  /// The path below the context under which the operations of the scope stand.
  fileprivate var path: String {
    switch self {
    case .site: ""
    case .imageService: "/rest/services/{service}/ImageServer"
    case .vectorTileService: "/rest/services/{service}/VectorTileServer"
    case .geoprocessingService(let service): "/rest/services/\(service)/GPServer"
    }
  }
}
