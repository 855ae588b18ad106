/// The conditions of a request (RFC 9110 13) against what a resource has now.
struct Preconditions {
  enum Result {
    case proceed
    case notModified
    case failed
  }

  let entityTag: EntityTag?
  /// Seconds since 1970.
  let modified: Int?

  /// In the order of RFC 9110 13.2.2.
  func evaluate(_ request: Request) -> Result {
    let isReading = request.method == .get || request.method == .head
    if let field = value("If-Match", request) {
      guard field == "*" || matches(field, { $0.stronglyEquals($1) }) else { return .failed }
    } else if let date = date("If-Unmodified-Since", request), let modified, modified > date {
      return .failed
    }
    if let field = value("If-None-Match", request) {
      if field == "*" || matches(field, { $0.weaklyEquals($1) }) { return isReading ? .notModified : .failed }
    } else if isReading, let date = date("If-Modified-Since", request), let modified, modified <= date {
      return .notModified
    }
    return .proceed
  }

  /// Whether a `Range` is honoured: `If-Range` names the very bytes of now, or is not there.
  func allowsRange(_ request: Request) -> Bool {
    guard let field = request.headers["If-Range"] else { return true }
    if let tag = EntityTag.list(field)?.first { return entityTag?.stronglyEquals(tag) == true }
    return modified != nil && HTTPDate.parse(field) == modified
  }

  private func value(_ name: String, _ request: Request) -> String? {
    request.headers.contains(name) ? request.headers.values(of: name).joined(separator: ", ") : nil
  }

  private func date(_ name: String, _ request: Request) -> Int? { request.headers[name].flatMap(HTTPDate.parse) }

  private func matches(_ field: String, _ equals: (EntityTag, EntityTag) -> Bool) -> Bool {
    guard let entityTag, let tags = EntityTag.list(field) else { return false }
    return tags.contains { equals($0, entityTag) }
  }
}
