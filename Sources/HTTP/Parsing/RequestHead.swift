import HTTPTypes

/// Request line and fields of a request, and what they say about its body and its connection.
struct RequestHead: Sendable {
  /// How the body is delimited (RFC 9112 6.3).
  enum Framing: Sendable, Equatable {
    case none
    case length(Int)
    case chunked
  }

  var method: HTTPRequest.Method
  var target: RequestTarget
  var version: HTTPVersion
  var headers = Headers()
  var framing = Framing.none
  var host: String?
  var keepsAlive = true
  var expectsContinue = false

  /// Reads a request line without its line end (RFC 9112 3).
  init(requestLine line: UnsafeBufferPointer<UInt8>) throws(Refusal) {
    guard let methodEnd = line.firstIndex(where: { !$0.isTokenCharacter }), methodEnd > 0,
      line[methodEnd] == ASCII.space
    else { throw .badRequest("The request line does not begin with a method and one blank.") }
    guard let versionStart = line.lastIndex(of: ASCII.space), versionStart > methodEnd else {
      throw .badRequest("The request line has no HTTP version.")
    }
    version = try RequestHead.version(UnsafeBufferPointer(rebasing: line[(versionStart + 1)...]))
    method = RequestHead.method(UnsafeBufferPointer(rebasing: line[..<methodEnd]))
    target = try RequestTarget(
      UnsafeBufferPointer(rebasing: line[(methodEnd + 1)..<versionStart]), method: method)
  }

  private static func version(_ text: UnsafeBufferPointer<UInt8>) throws(Refusal) -> HTTPVersion {
    guard text.count == 8, text.starts(with: "HTTP/".utf8), text[5].isDigit, text[6] == UInt8(ascii: "."),
      text[7].isDigit
    else { throw .badRequest("The HTTP version of the request line is malformed.") }
    guard text[5] == UInt8(ascii: "1") else {
      throw Refusal(.httpVersionNotSupported, "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
    }
    return text[7] == ASCII.zero ? .http10 : .http11
  }

  private static func method(_ name: UnsafeBufferPointer<UInt8>) -> HTTPRequest.Method {
    if name.elementsEqual("GET".utf8) { return .get }
    if name.elementsEqual("POST".utf8) { return .post }
    // Every name that reaches this is a token, so the initializer does not fail.
    return HTTPRequest.Method(rawValue: String(decoding: name, as: UTF8.self)) ?? .get
  }

  /// Draws the conclusions of the whole field section.
  mutating func finish(limits: RequestLimits) throws(Refusal) {
    keepsAlive = version == .http11
    var lengths = 0
    var hosts = 0
    var codings = 0
    for entry in headers.entries {
      switch entry.name.count {
      case 4 where headers.matches(entry, "Host"):
        hosts += 1
        host = try headers.withValue(entry) { value throws(Refusal) in
          guard Authority(value) != nil else { throw .badRequest("The Host field is malformed.") }
          return String(decoding: value, as: UTF8.self)
        }
      case 6 where headers.matches(entry, "Expect"):
        // Expectations of an HTTP/1.0 client are ignored (RFC 9110 10.1.1).
        guard version == .http11 else { continue }
        expectsContinue = headers.withValue(entry) { String(decoding: $0, as: UTF8.self) }
          .equalsIgnoringCase("100-continue")
        guard expectsContinue else {
          throw Refusal(.expectationFailed, "The only expectation that is met here is 100-continue.")
        }
      case 14 where headers.matches(entry, "Content-Length"):
        lengths += 1
        framing = .length(try headers.withValue(entry) { value throws(Refusal) in try RequestHead.length(value) })
      case 17 where headers.matches(entry, "Transfer-Encoding"):
        codings += 1
      default: continue
      }
    }
    guard hosts <= 1 else { throw .badRequest("There is more than one Host field.") }
    guard hosts == 1 || version == .http10 else { throw .badRequest("The Host field is missing.") }
    guard host?.isEmpty != true || version == .http10 || target.authority != nil else {
      throw .badRequest("The Host field is empty.")
    }
    guard lengths <= 1 else { throw .badRequest("There is more than one Content-Length field.") }
    if codings > 0 {
      guard lengths == 0 else { throw .badRequest("Content-Length and Transfer-Encoding exclude each other.") }
      guard version == .http11 else { throw .badRequest("HTTP/1.0 has no Transfer-Encoding.") }
      try checkTransferCoding()
      framing = .chunked
    }
    if case .length(let length) = framing, length > limits.body { throw .bodyTooLarge(limits.body) }
    if framing == .none || framing == .length(0) { expectsContinue = false }
    if headers.contains("Connection") {
      let options = headers.listMembers(of: "Connection")
      if options.contains(where: { $0.equalsIgnoringCase("close") }) {
        keepsAlive = false
      } else if version == .http10 {
        keepsAlive = options.contains { $0.equalsIgnoringCase("keep-alive") }
      }
    }
  }

  /// Digits only: signs, blanks inside, lists and empty values are how requests are smuggled (RFC 9112 6.3).
  private static func length(_ value: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Int {
    guard !value.isEmpty else { throw .badRequest("The Content-Length field is empty.") }
    var length = 0
    for byte in value {
      guard byte.isDigit else { throw .badRequest("The Content-Length field is not a number.") }
      let (product, overflow) = length.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(byte - ASCII.zero))
      guard !overflow, !carry else { throw .badRequest("The Content-Length field is too large a number.") }
      length = sum
    }
    return length
  }

  private func checkTransferCoding() throws(Refusal) {
    let value = headers.values(of: "Transfer-Encoding").joined(separator: ",")
    if value.equalsIgnoringCase("chunked") { return }
    let codings = value.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks() }
    let known = codings.filter { $0.equalsIgnoringCase("chunked") }
    let wellFormed = codings.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isTokenCharacter) }
    guard wellFormed, known.count < 2, known.isEmpty || codings.last?.equalsIgnoringCase("chunked") == true else {
      throw .badRequest("The Transfer-Encoding field is malformed.")
    }
    throw Refusal(.notImplemented, "The only transfer coding that is understood here is chunked.")
  }
}

extension Refusal {
  static func bodyTooLarge(_ limit: Int) -> Refusal {
    Refusal(.contentTooLarge, "The request body is larger than \(limit) bytes.")
  }
}

extension Headers {
  func withValue<T, E: Error>(_ entry: Entry, _ use: (UnsafeBufferPointer<UInt8>) throws(E) -> T) throws(E) -> T {
    let result: Result<T, E> = wire.withUnsafeBufferPointer { bytes in
      do throws(E) {
        return .success(
          try use(UnsafeBufferPointer(rebasing: bytes[Int(entry.value.lowerBound)..<Int(entry.value.upperBound)])))
      } catch { return .failure(error) }
    }
    return try result.get()
  }
}
