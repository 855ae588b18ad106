/// What a request may weigh, in bytes.
public struct RequestLimits: Sendable {
  /// The request line without its CRLF; 414 past it.
  public var requestLine = 16 * 1024
  /// All field lines and the empty line after them, CRLFs included; 431 past it.
  public var fields = 32 * 1024
  /// The body, freed from its transfer coding; 413 past it.
  public var body = 32 * 1024 * 1024
  /// One chunk size line, extensions included; 400 past it.
  public var chunkLine = 4 * 1024
  /// All trailer lines and the empty line after them, CRLFs included; 431 past it.
  public var trailers = 8 * 1024

  /// The usual limits.
  public init() {}
}
