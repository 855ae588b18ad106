import HTTPTypes

/// Answers OPTIONS, and refuses the methods that a resource doesn't have with 405 and `Allow`.
public struct MethodRules: Handler {
  private let allowed: @Sendable (Request) -> [HTTPRequest.Method]
  private let next: any Handler

  /// - Parameters:
  ///   - allowed: the methods of the resource that is asked for; HEAD comes with GET, OPTIONS is always there.
  ///   - next: answers the allowed ones.
  public init(
    allowed: @escaping @Sendable (Request) -> [HTTPRequest.Method] = { _ in [.get, .post] }, _ next: any Handler
  ) {
    self.allowed = allowed
    self.next = next
  }

  /// Passes on what is allowed.
  public func reply(to request: Request) -> Reply {
    var methods = allowed(request)
    let method = request.method == .head ? .get : request.method
    if method != .options, method != .connect, methods.contains(method) { return next.reply(to: request) }
    if methods.contains(.get) { methods.append(.head) }
    methods.append(.options)
    var names: [String] = []
    for method in methods where !names.contains(method.rawValue) { names.append(method.rawValue) }
    let allow = names.joined(separator: ", ")
    if request.method == .options { return .now(Response(.noContent, headers: ["Allow": allow])) }
    let refusal = Refusal(.methodNotAllowed, "The method \(request.method.rawValue) is not allowed here.")
    var response = next.response(to: refusal)
    response.headers["Allow"] = allow
    // What follows a CONNECT is meant for someone else.
    response.closesConnection = request.method == .connect
    return .now(response)
  }

  /// What the next handler says.
  public func response(to refusal: Refusal) -> Response { next.response(to: refusal) }
}
