/// An answer. The server adds `Date`, `Connection` and the framing fields (`Content-Length`, `Transfer-Encoding`)
/// itself and leaves out those that a handler sets.
///
/// HEAD is answered like GET: the server sends the fields and keeps the body back.
public struct Response: Sendable {
  /// The status.
  public var status: HTTPResponse.Status
  /// The fields.
  public var headers: Headers
  /// The body.
  public var body: Body
  /// Whether the connection is closed after this answer whatever the client wishes.
  public var closesConnection = false

  /// An answer of its parts.
  public init(_ status: HTTPResponse.Status = .ok, headers: Headers = [:], body: Body = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// An answer of bytes with their media type.
  public init(_ status: HTTPResponse.Status = .ok, contentType: String, body: [UInt8]) {
    self.init(status, headers: ["Content-Type": contentType], body: .bytes(body))
  }

  /// An answer of text.
  public static func text(
    _ text: String, _ status: HTTPResponse.Status = .ok, contentType: String = "text/plain;charset=utf-8"
  ) -> Response {
    Response(status, contentType: contentType, body: Array(text.utf8))
  }

  /// What follows the fields.
  public enum Body: Sendable {
    /// Nothing.
    case empty
    /// Bytes in memory: kept once however slowly they are read, shared with whoever else holds the array.
    case bytes([UInt8])
    /// A region of a file, sent by the kernel.
    case file(FileRegion)
    /// Bytes and file regions one after the other.
    case pieces([Piece])
    /// Bytes that are made while the socket drains.
    case stream(BodyStream)
  }

  /// A part of a body whose length is known.
  public enum Piece: Sendable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A region of a file.
    case file(FileRegion)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(let region): region.count
      }
    }
  }
}

extension Response.Body {
  /// The length in bytes, or nil for a stream of unknown length.
  public var count: Int? {
    switch self {
    case .empty: 0
    case .bytes(let bytes): bytes.count
    case .file(let region): region.count
    case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
    case .stream(let stream): stream.count
    }
  }
}
