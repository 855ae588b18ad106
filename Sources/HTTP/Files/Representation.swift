import HTTPTypes

/// What a resource is at this moment: bytes or a file with their validators. Answers GET and HEAD with all that caches
/// and readers of parts expect: 304, 412, 206, `multipart/byteranges`, 416.
public struct Representation: Sendable {
  /// Where the bytes are.
  public enum Content: Sendable {
    /// In memory.
    case bytes([UInt8])
    /// In a file, sent by the kernel.
    case file(OpenFile)
  }

  /// The bytes.
  public var content: Content
  /// The media type.
  public var contentType: String
  /// Names these very bytes.
  public var entityTag: EntityTag?
  /// When they last changed, in seconds since 1970.
  public var modified: Int?
  /// Fields of the answer besides those that follow from the above, such as `Cache-Control`.
  public var headers: Headers

  /// Bytes in memory.
  public init(
    _ bytes: [UInt8], contentType: String, entityTag: EntityTag? = nil, modified: Int? = nil, headers: Headers = [:]
  ) {
    content = .bytes(bytes)
    self.contentType = contentType
    self.entityTag = entityTag
    self.modified = modified
    self.headers = headers
  }

  /// A file with its own validators.
  public init(_ file: OpenFile, contentType: String, headers: Headers = [:]) {
    content = .file(file)
    self.contentType = contentType
    entityTag = file.entityTag
    modified = file.modified
    self.headers = headers
  }

  /// What a whole answer of bytes in memory showed; `nil` for any other.
  public init?(_ response: Response) {
    guard response.status == .ok, case .bytes(let bytes) = response.body, let type = response.headers["Content-Type"]
    else { return nil }
    let tag = response.headers["ETag"].flatMap { EntityTag.list($0)?.first }
    var fields = response.headers
    for name in ["Content-Type", "ETag", "Accept-Ranges"] { fields.removeAll(name) }
    self.init(bytes, contentType: type, entityTag: tag, headers: fields)
  }

  /// The answer to a request for it.
  public func response(to request: Request) -> Response {
    var fields = headers
    if let entityTag { fields["ETag"] = entityTag.description }
    if let modified { fields["Last-Modified"] = HTTPDate.format(modified) }
    let preconditions = Preconditions(entityTag: entityTag, modified: modified)
    switch preconditions.evaluate(request) {
    case .notModified: return Response(.notModified, headers: fields)
    case .failed: return .text("A precondition of the request does not hold.\n", .preconditionFailed)
    case .proceed: break
    }
    fields["Accept-Ranges"] = "bytes"
    // Ranges are defined for GET alone (RFC 9110 14.2).
    guard request.method == .get, let field = request.headers["Range"], preconditions.allowsRange(request) else {
      return whole(fields)
    }
    switch ByteRanges(field, count: count) {
    case .whole: return whole(fields)
    case .unsatisfiable:
      var response = Response.text("None of the ranges lies inside of the content.\n", .rangeNotSatisfiable)
      response.headers["Content-Range"] = "bytes */\(count)"
      response.headers["Accept-Ranges"] = "bytes"
      return response
    case .parts(let ranges) where ranges.count == 1:
      fields["Content-Type"] = contentType
      fields["Content-Range"] = contentRange(ranges[0])
      return Response(.partialContent, headers: fields, body: .pieces([piece(ranges[0])]))
    case .parts(let ranges): return multipart(ranges, fields)
    }
  }

  private var count: Int {
    switch content {
    case .bytes(let bytes): bytes.count
    case .file(let file): file.count
    }
  }

  private func whole(_ fields: Headers) -> Response {
    var fields = fields
    fields["Content-Type"] = contentType
    switch content {
    case .bytes(let bytes): return Response(headers: fields, body: .bytes(bytes))
    case .file(let file): return Response(headers: fields, body: .file(FileRegion(file)))
    }
  }

  private func piece(_ range: Range<Int>) -> Response.Piece {
    switch content {
    case .bytes(let bytes): .bytes(Array(bytes[range]))
    case .file(let file): .file(FileRegion(file, range))
    }
  }

  private func contentRange(_ range: Range<Int>) -> String {
    "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)"
  }

  private func multipart(_ ranges: [Range<Int>], _ fields: Headers) -> Response {
    let boundary = "part-" + String(UInt64.random(in: .min ... .max), radix: 36)
    var pieces: [Response.Piece] = []
    for range in ranges {
      let head =
        "\r\n--\(boundary)\r\nContent-Type: \(contentType)\r\nContent-Range: \(contentRange(range))\r\n\r\n"
      pieces.append(.bytes(Array(head.utf8)))
      pieces.append(piece(range))
    }
    pieces.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
    var fields = fields
    fields["Content-Type"] = "multipart/byteranges; boundary=\(boundary)"
    return Response(.partialContent, headers: fields, body: .pieces(pieces))
  }
}
