import HTTPTypes

/// Lets pages of any origin read every answer, errors included, and answers their preflights.
public struct CORS: Handler {
  private let next: any Handler
  /// The fields that every answer gets.
  private let fields: Headers

  /// - Parameters:
  ///   - own: fields of the application that scripts may read, besides the usual ones.
  ///   - next: answers what is no preflight.
  public init(exposing own: [String] = [], _ next: any Handler) {
    self.next = next
    let usual = [
      "Content-Length", "Content-Range", "Content-Disposition", "Content-Encoding", "ETag", "Date", "Retry-After",
      "Location", "Accept-Ranges",
    ]
    fields = [
      "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": (usual + own).joined(separator: ", "),
    ]
  }

  /// Answers preflights, and opens every other answer.
  public func reply(to request: Request) -> Reply {
    if request.method == .options, request.headers.contains("Origin"),
      request.headers.contains("Access-Control-Request-Method")
    {
      let resource = next.reply(to: request)
      return resource.map { preflight(request, methods: $0.headers["Allow"] ?? "GET, HEAD, POST, OPTIONS") }
    }
    return next.reply(to: request).map { [fields] in CORS.open($0, fields) }
  }

  /// Opens the answers that the server itself gives.
  public func response(to refusal: Refusal) -> Response { CORS.open(next.response(to: refusal), fields) }

  private static func open(_ response: Response, _ fields: Headers) -> Response {
    guard !response.headers.contains("Access-Control-Allow-Origin") else { return response }
    var response = response
    response.headers.append(contentsOf: fields)
    return response
  }

  /// - Parameter methods: those of the resource.
  private func preflight(_ request: Request, methods: String) -> Response {
    var allowed = ["X-Esri-Authorization", "Authorization", "Content-Type", "X-Requested-With", "Range"]
    for name in request.headers.listMembers(of: "Access-Control-Request-Headers")
    where name.utf8.allSatisfy(\.isTokenCharacter) && !allowed.contains(where: { $0.equalsIgnoringCase(name) }) {
      allowed.append(name)
    }
    var headers: Headers = [
      "Allow": methods, "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": methods,
      "Access-Control-Allow-Headers": allowed.joined(separator: ", "), "Access-Control-Max-Age": "3600",
      "Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    ]
    // Pages of the open web ask for this before they talk to a machine of the local network.
    if request.headers.contains("Access-Control-Request-Private-Network") {
      headers.append("Access-Control-Allow-Private-Network", "true")
    }
    return Response(.noContent, headers: headers)
  }
}
