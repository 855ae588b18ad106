import ArcGIS
import HTTP
import JSONValue

/// One call of the control API.
struct ControlCall: Sendable {
  let site: Site
  let request: Request
  let variables: [String: String]

  /// The value of a parameter of the query; `nil` when it is not given or empty.
  func query(_ name: String) -> String? {
    request.parameters.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// The JSON object in the body; an empty body is an empty object.
  func body() throws(ControlError) -> JSONObject {
    guard !request.body.isEmpty else { return [:] }
    guard request.body.count <= 64 << 10 else { throw ControlError(.contentTooLarge, "the body is above 64 KiB") }
    guard let object = (try? JSON(parsing: request.body))?.object else {
      throw ControlError(.badRequest, "the body has to be a JSON object")
    }
    return object
  }
}
