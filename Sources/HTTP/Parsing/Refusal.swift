import HTTPTypes

/// A request that the server itself answers: it broke HTTP, a limit or a deadline, or there is no room for it.
public struct Refusal: Error, Sendable, Equatable {
  /// The status to answer with.
  public let status: HTTPResponse.Status
  /// One sentence for whoever debugs the client.
  public let reason: String
  /// Seconds after which to try again, for 503.
  public let retryAfter: Int?

  init(_ status: HTTPResponse.Status, _ reason: String, retryAfter: Int? = nil) {
    self.status = status
    self.reason = reason
    self.retryAfter = retryAfter
  }

  static func badRequest(_ reason: String) -> Refusal { Refusal(.badRequest, reason) }

  static let overloaded = Refusal(
    .serviceUnavailable, "The server has more work waiting than it accepts. Try again soon.", retryAfter: 1)

  /// A plain text answer that says the reason.
  public var response: Response {
    var response = Response.text(reason + "\n", status)
    if let retryAfter { response.headers["Retry-After"] = String(retryAfter) }
    return response
  }
}
