import Glibc
import HTTPTypes

/// Reads requests out of a stream of bytes, however it is cut.
///
/// Strict where RFC 9112 has a server refuse, because two parties that read one message differently are how requests
/// are smuggled. A value with no connection to any socket: the same bytes give the same result in whatever pieces they
/// are fed.
public struct RequestParser: Sendable {
  /// What came of the bytes that were fed.
  public enum Outcome: Sendable {
    /// All bytes were taken and the request is not whole yet.
    case incomplete
    /// A whole request; the bytes after `consumed` belong to the next one.
    case request(Request, consumed: Int)
    /// The stream can't be read any further: answer, and close.
    case refused(Refusal)
  }

  private enum State: Sendable {
    case requestLine
    case fields
    case body(missing: Int)
    case chunkLine
    case chunkData(missing: Int)
    case chunkEnd
    case trailers
  }

  private let limits: RequestLimits
  private var state = State.requestLine
  /// A line whose end has not come yet.
  private var partial: [UInt8] = []
  private var head: RequestHead?
  private var fieldBytes: [UInt8] = []
  private var entries: [Headers.Entry] = []
  private var trailerCount = 0
  private var emptyLines = 0
  private var body: [UInt8] = []
  private var owesContinue = false

  /// A parser at the beginning of a stream.
  public init(limits: RequestLimits = RequestLimits()) {
    self.limits = limits
  }

  /// Whether nothing of a request has come yet, the empty lines left aside that may come before one.
  public var isIdle: Bool {
    if case .requestLine = state { return partial.isEmpty || partial == [ASCII.carriageReturn] }
    return false
  }

  /// Whether the fields have been read and the body is awaited.
  public var isReadingBody: Bool {
    switch state {
    case .requestLine, .fields: false
    case .body, .chunkLine, .chunkData, .chunkEnd, .trailers: true
    }
  }

  /// Whether the request that is being read is a HEAD, as far as it has been read.
  var isReadingHead: Bool { head?.method == .head }

  /// The bytes of the body that have been kept so far.
  public var bodyCount: Int { body.count }

  /// Whether the client waits for `100 Continue`. True once a request.
  public mutating func takeExpectation() -> Bool {
    defer { owesContinue = false }
    return owesContinue
  }

  /// Takes bytes from the front of `input`, up to the end of one request.
  public mutating func feed(_ input: Span<UInt8>) -> Outcome {
    input.withUnsafeBufferPointer { feed($0) }
  }

  mutating func feed(_ input: UnsafeBufferPointer<UInt8>) -> Outcome {
    var position = 0
    do throws(Refusal) {
      while position < input.count {
        if let request = try step(input, &position) { return .request(request, consumed: position) }
      }
      return .incomplete
    } catch {
      return .refused(error)
    }
  }

  /// One line, or one run of body bytes.
  private mutating func step(_ input: UnsafeBufferPointer<UInt8>, _ position: inout Int) throws(Refusal) -> Request? {
    switch state {
    case .requestLine:
      // TLS and other protocols show at their first byte; without a line end they would wait for the deadline.
      let first = input[position]
      guard !partial.isEmpty || first.isTokenCharacter || first == ASCII.carriageReturn else {
        throw .badRequest("This is not HTTP/1.1.")
      }
      return try line(input, &position, limit: limits.requestLine, .uriTooLong) {
        parser, line throws(Refusal) in try parser.takeRequestLine(line)
      }
    case .fields:
      return try line(input, &position, limit: limits.fields - fieldBytes.count - 2, .fieldsTooLarge) {
        parser, line throws(Refusal) in try parser.takeField(line)
      }
    case .chunkLine:
      return try line(input, &position, limit: limits.chunkLine, .chunkLineTooLong) {
        parser, line throws(Refusal) in try parser.takeChunkLine(line)
      }
    case .chunkEnd:
      return try line(input, &position, limit: 0, .badRequest("A chunk is longer than its size.")) {
        parser, _ in
        parser.state = .chunkLine
        return nil
      }
    case .trailers:
      return try line(input, &position, limit: limits.trailers - trailerCount - 2, .trailersTooLarge) {
        parser, line throws(Refusal) in try parser.takeTrailer(line)
      }
    case .body(let missing):
      let left = missing - takeBody(input, &position, missing)
      state = .body(missing: left)
      return left == 0 ? finish() : nil
    case .chunkData(let missing):
      let left = missing - takeBody(input, &position, missing)
      state = left == 0 ? .chunkEnd : .chunkData(missing: left)
      return nil
    }
  }

  /// Hands a whole line, without its CRLF, to `take`, or keeps what there is of it.
  @inline(__always)
  private mutating func line(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int, limit: Int, _ tooLong: Refusal,
    _ take: (inout RequestParser, UnsafeBufferPointer<UInt8>) throws(Refusal) -> Request?
  ) throws(Refusal) -> Request? {
    let rest = UnsafeBufferPointer(rebasing: input[position...])
    guard let start = rest.baseAddress, let found = memchr(start, Int32(ASCII.lineFeed), rest.count) else {
      partial.append(contentsOf: rest)
      position = input.count
      if partial.count > limit + 1 { throw tooLong }
      return nil
    }
    let count = UnsafeRawPointer(found) - UnsafeRawPointer(start)
    position += count + 1
    if partial.isEmpty {
      return try take(&self, try RequestParser.ended(UnsafeBufferPointer(rebasing: rest[..<count]), limit, tooLong))
    }
    var whole = partial
    partial = []
    whole.append(contentsOf: rest[..<count])
    let result: Result<Request?, Refusal> = whole.withUnsafeBufferPointer { bytes in
      do throws(Refusal) {
        return .success(try take(&self, try RequestParser.ended(bytes, limit, tooLong)))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// The line without its CR; a line that ends by LF alone is refused.
  @inline(__always)
  private static func ended(
    _ line: UnsafeBufferPointer<UInt8>, _ limit: Int, _ tooLong: Refusal
  ) throws(Refusal) -> UnsafeBufferPointer<UInt8> {
    guard line.count <= limit + 1 else { throw tooLong }
    guard line.last == ASCII.carriageReturn else { throw .badRequest("A line ends without a carriage return.") }
    return UnsafeBufferPointer(rebasing: line[..<(line.count - 1)])
  }

  private mutating func takeRequestLine(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Request? {
    if line.isEmpty {
      // Old clients send an empty line after a body (RFC 9112 2.2).
      emptyLines += 1
      guard emptyLines <= 8 else { throw .badRequest("There are only empty lines.") }
      return nil
    }
    emptyLines = 0
    head = try RequestHead(requestLine: line)
    fieldBytes.reserveCapacity(512)
    entries.reserveCapacity(8)
    state = .fields
    return nil
  }

  private mutating func takeField(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Request? {
    if line.isEmpty { return try takeHeadEnd() }
    let (name, value) = try FieldLine.parse(line)
    let base = UInt32(fieldBytes.count)
    fieldBytes.append(contentsOf: line)
    fieldBytes.append(ASCII.carriageReturn)
    fieldBytes.append(ASCII.lineFeed)
    entries.append(
      Headers.Entry(
        name: base + UInt32(name.lowerBound)..<base + UInt32(name.upperBound),
        value: base + UInt32(value.lowerBound)..<base + UInt32(value.upperBound)))
    return nil
  }

  private mutating func takeHeadEnd() throws(Refusal) -> Request? {
    head?.headers = Headers(wire: fieldBytes, entries: entries)
    fieldBytes = []
    entries = []
    try head?.finish(limits: limits)
    owesContinue = head?.expectsContinue ?? false
    switch head?.framing {
    case .length(let length) where length > 0:
      // What is announced is not yet what comes: room grows with the bytes.
      body.reserveCapacity(min(length, 64 * 1024))
      state = .body(missing: length)
      return nil
    case .chunked:
      state = .chunkLine
      return nil
    default: return finish()
    }
  }

  private mutating func takeChunkLine(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Request? {
    let size = try ChunkLine.size(line)
    guard size <= limits.body - body.count else { throw .bodyTooLarge(limits.body) }
    state = size == 0 ? .trailers : .chunkData(missing: size)
    return nil
  }

  private mutating func takeTrailer(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Request? {
    if line.isEmpty { return finish() }
    _ = try FieldLine.parse(line)
    trailerCount += line.count + 2
    return nil
  }

  private mutating func takeBody(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ missing: Int
  ) -> Int {
    let count = min(missing, input.count - position)
    body.append(contentsOf: input[position..<(position + count)])
    position += count
    return count
  }

  private mutating func finish() -> Request? {
    guard let head else { return nil }
    let request = Request(
      method: head.method, target: head.target.text, path: head.target.path, query: head.target.query,
      authority: head.target.authority ?? head.host ?? "", version: head.version, headers: head.headers, body: body,
      keepsAlive: head.keepsAlive)
    self.head = nil
    body = []
    trailerCount = 0
    owesContinue = false
    state = .requestLine
    return request
  }
}

extension Refusal {
  static let uriTooLong = Refusal(.uriTooLong, "The request line is too long.")
  static let fieldsTooLarge = Refusal(.requestHeaderFieldsTooLarge, "The field section is too large.")
  static let trailersTooLarge = Refusal(.requestHeaderFieldsTooLarge, "The trailer section is too large.")
  static let chunkLineTooLong = Refusal.badRequest("A chunk size line is too long.")
}
