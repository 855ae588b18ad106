import HTTP
import JSONValue
import Worlds

/// Why a control call can't be done.
struct ControlError: Error {
  let status: HTTPResponse.Status
  let reason: String

  init(_ status: HTTPResponse.Status, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  /// Why a world could not be made.
  init(_ error: WorldError) {
    switch error {
    case .taken(let id): self.init(.conflict, "there is a world \(id) already")
    case .badName: self.init(.badRequest, "id has to be 1 to 64 letters, digits, - and _")
    case .tooMany(let limit): self.init(.serviceUnavailable, "there are \(limit) worlds; delete some")
    }
  }

  var response: Response { Response(status, json: ["error": .string(reason)]) }
}

extension Response {
  /// A JSON answer of the control API.
  init(_ status: HTTPResponse.Status = .ok, json: JSON) {
    self.init(
      status, headers: ["Content-Type": "application/json;charset=UTF-8", "Cache-Control": "no-store"],
      body: .bytes(json.serialized(.pretty)))
  }
}
