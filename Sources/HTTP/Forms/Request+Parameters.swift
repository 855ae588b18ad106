extension Request {
  /// The pairs of the query, in order. Parsed at each call: keep the result.
  public var queryParameters: [Parameter] {
    query.map { PercentEncoding.parameters($0.utf8) } ?? []
  }

  /// The pairs of the body when it is a form, urlencoded or multipart, in order; parts that are files have their
  /// content as value. Parsed at each call: keep the result.
  public var formParameters: [Parameter] {
    guard !body.isEmpty, let contentType = headers["Content-Type"] else { return [] }
    if MediaType(contentType).essence == "application/x-www-form-urlencoded" { return PercentEncoding.parameters(body) }
    return formParts.map { Parameter($0.name, String(decoding: $0.body, as: UTF8.self)) }
  }

  /// The pairs of the query, then those of the body. Parsed at each call: keep the result.
  public var parameters: [Parameter] { queryParameters + formParameters }

  /// The parts of a `multipart/form-data` body; empty for any other body and for a broken one.
  public var formParts: [FormPart] {
    guard let contentType = headers["Content-Type"] else { return [] }
    let type = MediaType(contentType)
    guard type.essence == "multipart/form-data", let boundary = type.parameters["boundary"] else { return [] }
    return MultipartForm.parts(of: body, boundary: boundary)
  }
}
