@_exported import HTTPTypes

/// One whole request, body included.
public struct Request: Sendable {
  /// The method, of any name that is a token.
  public var method: HTTPRequest.Method
  /// The target as it was sent: `/path?query`, `http://host/path?query`, `*` or, with CONNECT, `host:port`.
  public let target: String
  /// The path, percent-encoded as sent, beginning with `/`; or `*`. Empty with CONNECT.
  public var path: String
  /// What follows the first `?`, percent-encoded as sent; nil without one.
  public var query: String?
  /// Host and port that the client meant: of an absolute target, else of `Host`. Empty in HTTP/1.0 without `Host`.
  public var authority: String
  /// The version that the client speaks.
  public var version: HTTPVersion
  /// The fields.
  public var headers: Headers
  /// The body, freed from its transfer coding. Trailers are checked and dropped.
  public var body: [UInt8]
  /// The peer's numeric address; empty for a request that came over no socket.
  public var remoteAddress: String
  /// Whether the client lets the connection stay open after the answer.
  var keepsAlive: Bool

  /// A request that came over no socket, as for a test of a handler.
  ///
  /// - Parameter target: origin form, `/path?query`.
  public init(
    _ method: HTTPRequest.Method = .get, _ target: String, headers: Headers = [:], body: [UInt8] = [],
    version: HTTPVersion = .http11
  ) {
    let question = target.utf8.firstIndex(of: ASCII.question)
    self.init(
      method: method, target: target, path: question.map { String(target[..<$0]) } ?? target,
      query: question.map { String(target[target.index(after: $0)...]) }, authority: headers["Host"] ?? "",
      version: version, headers: headers, body: body, keepsAlive: true)
  }

  init(
    method: HTTPRequest.Method, target: String, path: String, query: String?, authority: String, version: HTTPVersion,
    headers: Headers, body: [UInt8], keepsAlive: Bool
  ) {
    self.method = method
    self.target = target
    self.path = path
    self.query = query
    self.authority = authority
    self.version = version
    self.headers = headers
    self.body = body
    self.remoteAddress = ""
    self.keepsAlive = keepsAlive
  }

  /// The decoded parts of the path, without empty ones, `.` taken out and `..` resolved (RFC 3986 5.2.4).
  /// A part may hold an encoded `/`: whoever makes a file name of it has to refuse that.
  public var pathComponents: [String] {
    var parts: [String] = []
    for part in path.utf8.split(separator: ASCII.slash) {
      switch PercentEncoding.decode(part) {
      case ".": continue
      case "..": _ = parts.popLast()
      case let name: parts.append(name)
      }
    }
    return parts
  }
}
