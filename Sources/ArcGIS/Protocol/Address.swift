/// Where clients find this server: every absolute address in an answer begins here.
///
/// Built from the request, so that a server behind a mapped port or a proxy tells addresses that work.
struct Address: Hashable, Sendable {
  /// Scheme, host, port, and the prefix of a proxy, without a slash at the end: `http://127.0.0.1:6080`.
  let origin: String
  /// The prefix of the world: empty, or `/w/{id}`.
  let world: String
  /// The context: `arcgis`.
  let context: String

  /// The path of the context as links within pages write it: `/w/a/arcgis`.
  var path: String { Self.prefix(of: origin) + world + "/" + context }
  /// The address of the context.
  var root: String { origin + world + "/" + context }
  /// The address of the list of services.
  var services: String { root + "/rest/services" }

  /// The path of a service, as links within pages write it.
  func path(of service: ServiceIdentifier) -> String {
    let parts = service.path.split(separator: "/").map { percentEncoded(String($0)) }
    return "\(path)/rest/services/\(parts.joined(separator: "/"))/\(service.type.rawValue)"
  }

  /// The address of a service.
  func address(of service: ServiceIdentifier) -> String {
    root + path(of: service).dropFirst(path.count)
  }

  /// The address of the directories that output files lie in.
  var directories: String { "\(root)/rest/directories" }

  /// What the origin has after the host: a proxy's prefix.
  private static func prefix(of origin: String) -> String {
    guard let scheme = origin.firstRange(of: "://"), let slash = origin[scheme.upperBound...].firstIndex(of: "/") else {
      return ""
    }
    return String(origin[slash...])
  }

  /// The origin that a request's fields tell.
  /// - Parameters:
  ///   - publicURL: the operator's word, which goes before all fields.
  ///   - authority: host and port that the client meant.
  ///   - field: gives the value of a request field by its lower-case name.
  static func origin(publicURL: String?, authority: String, field: (String) -> String?) -> String {
    if let publicURL { return publicURL }
    let scheme = first(field("x-forwarded-proto")).flatMap { ["http", "https"].contains($0) ? $0 : nil } ?? "http"
    let host = first(field("x-forwarded-host")).flatMap { isHost($0) ? $0 : nil } ?? authority
    var prefix = first(field("x-forwarded-prefix")).flatMap { isPath($0) ? $0 : nil } ?? ""
    while prefix.hasSuffix("/") { prefix.removeLast() }
    if !prefix.isEmpty && !prefix.hasPrefix("/") { prefix = "/" + prefix }
    return "\(scheme)://\(host)\(prefix)"
  }

  /// The first of several values that a chain of proxies left.
  private static func first(_ list: String?) -> String? {
    guard let list, let value = list.split(separator: ",").first else { return nil }
    let trimmed = value.drop { $0 == " " }
    return trimmed.isEmpty ? nil : String(trimmed.prefix { $0 != " " })
  }

  private static func isHost(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0.isLetterOrDigit || ".-_:[]".utf8.contains($0) }
  }

  private static func isPath(_ text: String) -> Bool {
    !text.hasPrefix("//") && text.utf8.allSatisfy { $0.isLetterOrDigit || "/-._~%".utf8.contains($0) }
  }
}
