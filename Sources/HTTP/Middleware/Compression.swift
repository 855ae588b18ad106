import HTTPTypes

/// Compresses JSON, HTML, text and vector tiles in memory for clients that accept gzip.
public struct Compression: Handler {
  private let next: any Handler

  /// Bodies below this many bytes fit a packet or two anyway.
  private static let least = 1024
  /// Bodies from this many bytes on are compressed on the worker pool: a loop has no half millisecond to spare.
  private static let heavy = 16 * 1024

  /// - Parameter next: answers.
  public init(_ next: any Handler) { self.next = next }

  /// Compresses the answer if that is worth it.
  public func reply(to request: Request) -> Reply {
    let accepts = Compression.accepts("gzip", request.headers)
    switch next.reply(to: request) {
    case .now(let response)
    where accepts && Compression.isCandidate(response) && response.body.count ?? 0 >= Compression.heavy:
      return .work { _ in Compression.compress(response, accepts) }
    case let reply: return reply.map { Compression.compress($0, accepts) }
    }
  }

  /// What the next handler says.
  public func response(to refusal: Refusal) -> Response { next.response(to: refusal) }

  private static func compress(_ response: Response, _ accepts: Bool) -> Response {
    var response = response
    if response.status == .notModified { response.headers.appendToList("Vary", "Accept-Encoding") }
    guard isCandidate(response), case .bytes(let body) = response.body else { return response }
    response.headers.appendToList("Vary", "Accept-Encoding")
    guard accepts, let compressed = Gzip.compress(body) else { return response }
    response.body = .bytes(compressed)
    response.headers["Content-Encoding"] = "gzip"
    // Other bytes, same meaning: no longer the strong tag.
    if let tag = response.headers["ETag"], !tag.hasPrefix("W/") { response.headers["ETag"] = "W/" + tag }
    response.headers.removeAll("Accept-Ranges")
    return response
  }

  private static func isCandidate(_ response: Response) -> Bool {
    guard case .bytes(let body) = response.body, body.count >= least, response.status != .partialContent,
      !response.headers.contains("Content-Encoding"), let type = response.headers["Content-Type"]
    else { return false }
    let essence = MediaType.essence(of: type)
    switch essence {
    case "application/json", "application/javascript", "application/xml", "application/x-protobuf",
      "application/vnd.mapbox-vector-tile":
      return true
    default: return essence.hasPrefix("text/") || essence.hasSuffix("+json") || essence.hasSuffix("+xml")
    }
  }

  /// Whether a coding is acceptable (RFC 9110 12.5.3): named, or covered by `*`, with a weight above 0.
  public static func accepts(_ coding: String, _ headers: Headers) -> Bool {
    var wildcard = false
    for member in headers.listMembers(of: "Accept-Encoding") {
      // Most members are bare names, and parameters cost more to read than all the rest.
      let type = member.utf8.contains(ASCII.semicolon) ? MediaType(member) : nil
      let name = type?.essence ?? member
      let isWanted = type?.parameters["q"].map { $0.utf8.contains { $0 >= 0x31 && $0 <= 0x39 } } ?? true
      if name.equalsIgnoringCase(coding) || name.equalsIgnoringCase("x-" + coding) { return isWanted }
      if name == "*" { wildcard = isWanted }
    }
    return wildcard
  }
}
