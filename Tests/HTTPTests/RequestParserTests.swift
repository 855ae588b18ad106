import Testing

@testable import HTTP

/// What RFC 9112 and RFC 9110 have a server accept and refuse.
@Suite struct RequestParserTests {
  /// A request that is to be refused, and the status.
  struct Refused: Sendable, CustomTestStringConvertible {
    let why: String
    let bytes: [UInt8]
    let status: Int
    var testDescription: String { why }

    init(_ why: String, _ text: String, _ status: Int = 400) {
      self.why = why
      bytes = text.unicodeScalars.flatMap { $0.value < 256 ? [UInt8($0.value)] : Array(String($0).utf8) }
      self.status = status
    }
  }

  static func get(_ fields: String) -> String { "GET / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" }
  static func host(_ value: String) -> String { "GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n" }
  static func line(_ line: String) -> String { line + "\r\nHost: h\r\n\r\n" }
  static func chunks(_ body: String) -> String {
    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body
  }

  static let refused: [Refused] = [
    Refused("no version (HTTP/0.9)", "GET /\r\n"),
    Refused("HTTP/0.9 by name", line("GET / HTTP/0.9"), 505),
    Refused("HTTP/2.0", line("GET / HTTP/2.0"), 505),
    Refused("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    Refused("HTTP/1.10", line("GET / HTTP/1.10")),
    Refused("a version in small letters", line("GET / http/1.1")),
    Refused("a version with a sign", line("GET / HTTP/+1.1")),
    Refused("no blank before the version", line("GET /HTTP/1.1")),
    Refused("two blanks before the target", line("GET  / HTTP/1.1")),
    Refused("two blanks before the version", line("GET /  HTTP/1.1")),
    Refused("a blank after the version", line("GET / HTTP/1.1 ")),
    Refused("a blank in the target", line("GET /a b HTTP/1.1")),
    Refused("a tab instead of a blank", line("GET\t/ HTTP/1.1")),
    Refused("a blank before the method", line(" GET / HTTP/1.1")),
    Refused("a method that is no token", line("GE(T / HTTP/1.1")),
    Refused("a control character in the target", line("GET /\u{1} HTTP/1.1")),
    Refused("DEL in the target", line("GET /\u{7F} HTTP/1.1")),
    Refused("a null in the target", line("GET /\0 HTTP/1.1")),
    Refused("an escaped null in the path", line("GET /a%00.png HTTP/1.1")),
    Refused("an escaped null in the query", line("GET /?a=%00 HTTP/1.1")),
    Refused("a target without a slash", line("GET a HTTP/1.1")),
    Refused("a target of another scheme", line("GET ftp://h/ HTTP/1.1")),
    Refused("an absolute target without host", line("GET http:///a HTTP/1.1")),
    Refused("an absolute target with user information", line("GET http://u@h/ HTTP/1.1")),
    Refused("an absolute target with a bad port", line("GET http://h:x/ HTTP/1.1")),
    Refused("* with GET", line("GET * HTTP/1.1")),
    Refused("CONNECT to a path", line("CONNECT / HTTP/1.1")),
    Refused("a request line that ends by LF", "GET / HTTP/1.1\nHost: h\r\n\r\n"),
    Refused("a field line that ends by LF", "GET / HTTP/1.1\r\nHost: h\n\r\n"),
    Refused("an empty line of LF", "GET / HTTP/1.1\r\nHost: h\r\n\n"),
    Refused("a CR alone in a field value", get("A: b\rc\r\n")),
    Refused("a TLS handshake", "\u{16}\u{3}\u{1}\u{2}\0"),
    Refused("no Host", "GET / HTTP/1.1\r\n\r\n"),
    Refused("two Hosts", get("Host: h\r\n")),
    Refused("two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n"),
    Refused("an empty Host", host("")),
    Refused("Host with user information", host("u@h")),
    Refused("Host with a port and no name", host(":80")),
    Refused("Host of a colon", host(":")),
    Refused("CONNECT to a port without host", line("CONNECT :443 HTTP/1.1")),
    Refused("Host with a port of letters", host("h:abc")),
    Refused("Host with a port too large", host("h:65536")),
    Refused("Host with a signed port", host("h:-1")),
    Refused("Host with two ports", host("h:80:80")),
    Refused("Host with an open bracket", host("[::1")),
    Refused("Host with a bracket that opens nowhere", host("::1]")),
    Refused("Host with an address that is none", host("[zz]")),
    Refused("Host with text behind the bracket", host("[::1]x")),
    Refused("Host in angle brackets", host("<h>")),
    Refused("Host with a blank", host("a b")),
    Refused("Host with a comma and a blank", host("a, b")),
    Refused("Host with a slash", host("h/x")),
    Refused("Host with a quotation mark", host("\"h\"")),
    Refused("Host with a broken escape", host("h%2")),
    Refused("a field line without colon", get("Accept\r\n")),
    Refused("a field without name", get(": x\r\n")),
    Refused("a blank before the colon", get("A : x\r\n")),
    Refused("a tab before the colon", get("A\t: x\r\n")),
    Refused("a name that is no token", get("A(b: x\r\n")),
    Refused("a name with a byte above ASCII", get("\u{E4}: x\r\n")),
    Refused("a folded line", get("A: x\r\n y\r\n")),
    Refused("a folded line by tab", get("A: x\r\n\ty\r\n")),
    Refused("a first field line that begins with a blank", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"),
    Refused("a null in a value", get("A: x\0y\r\n")),
    Refused("a control character in a value", get("A: x\u{2}y\r\n")),
    Refused("an expectation that nobody knows", get("Expect: 200-ok\r\n"), 417),
    Refused("two lengths that differ", get("Content-Length: 1\r\nContent-Length: 2\r\n")),
    Refused("two lengths that agree", get("Content-Length: 1\r\nContent-Length: 1\r\n")),
    Refused("a list of lengths", get("Content-Length: 1, 1\r\n")),
    Refused("a length with plus", get("Content-Length: +1\r\n")),
    Refused("a length with minus", get("Content-Length: -1\r\n")),
    Refused("a length in hexadecimal", get("Content-Length: 0x1\r\n")),
    Refused("a length with a blank inside", get("Content-Length: 1 1\r\n")),
    Refused("a length with a fraction", get("Content-Length: 1.0\r\n")),
    Refused("an empty length", get("Content-Length: \r\n")),
    Refused("a length of 2^64 + 1", get("Content-Length: 18446744073709551617\r\n")),
    Refused("a length above the limit", get("Content-Length: 33554433\r\n"), 413),
    Refused("a length above the limit that expects", get("Expect: 100-continue\r\nContent-Length: 33554433\r\n"), 413),
    Refused("length and chunks", get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")),
    Refused("chunks and length", get("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")),
    Refused("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
    Refused("an unknown coding", get("Transfer-Encoding: xchunked\r\n"), 501),
    Refused("identity as a coding", get("Transfer-Encoding: identity\r\n"), 501),
    Refused("gzip before chunked", get("Transfer-Encoding: gzip, chunked\r\n"), 501),
    Refused("gzip and chunked in two lines", get("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), 501),
    Refused("chunked before gzip", get("Transfer-Encoding: chunked, gzip\r\n")),
    Refused("chunked twice", get("Transfer-Encoding: chunked, chunked\r\n")),
    Refused("chunked twice in two lines", get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
    Refused("an empty coding", get("Transfer-Encoding: \r\n")),
    Refused("a quoted coding", get("Transfer-Encoding: \"chunked\"\r\n")),
    Refused("no chunk size", chunks("\r\n")),
    Refused("a chunk size of other letters", chunks("g\r\n")),
    Refused("a chunk size with 0x", chunks("0x1\r\na\r\n")),
    Refused("a chunk size with a sign", chunks("+1\r\na\r\n")),
    Refused("a chunk size with a blank before", chunks(" 1\r\na\r\n")),
    Refused("a chunk size with a blank inside", chunks("1 0\r\n")),
    Refused("a chunk size with a blank behind", chunks("1 \r\na\r\n")),
    Refused("a chunk size of 2^63", chunks("8000000000000000\r\n"), 400),
    Refused("a chunk size of 2^64 + 1", chunks("10000000000000001\r\na\r\n")),
    Refused("a chunk above the body's limit", chunks("2000001\r\n"), 413),
    Refused("LF after a chunk size", chunks("1\na\r\n0\r\n\r\n")),
    Refused("LF after chunk data", chunks("1\r\na\n0\r\n\r\n")),
    Refused("LF in a chunk extension", chunks("1;a\nb\r\na\r\n0\r\n\r\n")),
    Refused("CR in a chunk extension", chunks("1;a\rb\r\na\r\n0\r\n\r\n")),
    Refused("a chunk extension without name", chunks("1;\r\na\r\n")),
    Refused("a chunk extension whose quotation is open", chunks("1;a=\"b\r\na\r\n")),
    Refused("an escaped CR in a chunk extension", chunks("1;a=\"\\\rb\"\r\na\r\n0\r\n\r\n")),
    Refused("an escaped null in a chunk extension", chunks("1;a=\"\\\0\"\r\na\r\n0\r\n\r\n")),
    Refused("a chunk extension that ends by a backslash", chunks("1;a=\"b\\\r\na\r\n0\r\n\r\n")),
    Refused("chunk data longer than its size", chunks("1\r\nab\r\n0\r\n\r\n")),
    Refused("a trailer without colon", chunks("0\r\nabc\r\n\r\n")),
    Refused("a trailer with a bad name", chunks("0\r\na b: c\r\n\r\n")),
    Refused("LF after a trailer", chunks("0\r\na: b\n\r\n")),
    Refused("LF at the end of the trailers", chunks("0\r\n\n")),
  ]

  @Test(arguments: refused)
  func `Is refused`(_ example: Refused) {
    var parser = RequestParser()
    guard case .refused(let refusal) = parser.feed(example.bytes.span) else {
      Issue.record("accepted: \(example.why)")
      return
    }
    #expect(refusal.status.code == example.status)
  }

  static let accepted: [(String, String)] = [
    ("an empty line before the request", "\r\n" + get("")),
    ("HTTP/1.2, which is read as 1.1", line("GET / HTTP/1.2")),
    ("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n"),
    ("a method that nobody knows", line("BREW / HTTP/1.1")),
    ("an absolute target", line("GET http://example.com:8080/a?b HTTP/1.1")),
    ("an absolute target in capitals", line("GET HTTP://example.com/ HTTP/1.1")),
    ("an absolute target without path", line("GET http://example.com HTTP/1.1")),
    ("OPTIONS *", line("OPTIONS * HTTP/1.1")),
    ("CONNECT to a host and port", line("CONNECT h:443 HTTP/1.1")),
    ("braces and quotation marks in the query", line("GET /?a={\"b\":1} HTTP/1.1")),
    ("letters above ASCII in the query", line("GET /?a=Zürich HTTP/1.1")),
    ("a broken escape", line("GET /%zz%4 HTTP/1.1")),
    ("Host with an IPv6 address and port", host("[2001:db8::1]:8080")),
    ("Host with a future address", host("[v1.a:b]")),
    ("Host with an empty port", host("h:")),
    ("Host with the highest port", host("h:65535")),
    ("Host with an underscore", host("my_host")),
    ("a field with an empty value", get("A:\r\n")),
    ("a field without blank after the colon", get("A:b\r\n")),
    ("a value with bytes above ASCII", get("A: \u{E4}\u{FF}\r\n")),
    ("a value with a tab inside", get("A: b\tc\r\n")),
    ("a length between tabs", get("Content-Length:\t0\t\r\n")),
    ("a length with leading zeros", get("Content-Length: 000\r\n")),
    ("chunks in capitals", get("Transfer-Encoding: CHUNKED\r\n") + "0\r\n\r\n"),
    ("chunk extensions", chunks("1;a;b=c;d=\"e;\\\"f\" ; g = h\r\na\r\n0;x\r\n\r\n")),
    ("a chunk size with leading zeros", chunks("0001\r\na\r\n000\r\n\r\n")),
    ("chunk sizes in both cases", chunks("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n")),
    ("trailers", chunks("0\r\nA: b\r\nContent-Length: 7\r\n\r\n")),
    ("an expectation in HTTP/1.0", "GET / HTTP/1.0\r\nExpect: x\r\n\r\n"),
  ]

  @Test(arguments: accepted)
  func `Is accepted`(_ what: String, _ text: String) {
    var parser = RequestParser()
    let bytes = Array(text.utf8)
    guard case .request(_, let consumed) = parser.feed(bytes.span) else {
      Issue.record("not accepted: \(what)")
      return
    }
    #expect(consumed == bytes.count)
    #expect(parser.isIdle)
  }

  func request(_ text: String) throws -> Request {
    var parser = RequestParser()
    let outcome = parser.feed(Array(text.utf8).span)
    guard case .request(let request, _) = outcome else { throw NotWhole() }
    return request
  }

  struct NotWhole: Error {}

  @Test(arguments: ["", "\r", "\r\n", "\r\n\r"])
  func `Empty lines begin no request`(_ lines: String) {
    var parser = RequestParser()
    _ = parser.feed(Array(lines.utf8).span)
    #expect(parser.isIdle)
    _ = parser.feed([UInt8(ascii: "G")].span)
    #expect(!parser.isIdle)
  }

  @Test func `Target, query and fields are given as they were sent`() throws {
    let request = try request("GET /a%20b/c?x=1&y=a+b HTTP/1.1\r\nhOST: h:1\r\nX-A:  b \t\r\nx-a: c\r\n\r\n")
    #expect(request.method == .get)
    #expect(request.path == "/a%20b/c")
    #expect(request.query == "x=1&y=a+b")
    #expect(request.pathComponents == ["a b", "c"])
    #expect(request.authority == "h:1")
    #expect(request.headers["x-A"] == "b")
    #expect(request.headers.values(of: "X-A") == ["b", "c"])
    #expect(request.headers.map(\.name) == ["hOST", "X-A", "x-a"])
  }

  @Test func `The authority of an absolute target comes before Host`() throws {
    let request = try request("GET http://a:1/p?q HTTP/1.1\r\nHost: b\r\n\r\n")
    #expect(request.authority == "a:1")
    #expect(request.path == "/p")
    #expect(request.query == "q")
  }

  @Test func `A fragment is no part of path and query`() throws {
    let request = try request("GET /p?q#f?g HTTP/1.1\r\nHost: b\r\n\r\n")
    #expect(request.path == "/p")
    #expect(request.query == "q")
  }

  @Test func `Chunks are put together`() throws {
    let request = try request(RequestParserTests.chunks("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: u\r\n\r\n"))
    #expect(String(decoding: request.body, as: UTF8.self) == "abcde")
  }

  @Test func `Dots in a path lead nowhere above it`() throws {
    let request = try request("GET /a/../../b/./%2e%2e/c HTTP/1.1\r\nHost: b\r\n\r\n")
    #expect(request.pathComponents == ["c"])
  }

  /// A whole request of the given size somewhere, and what is said to it: the limit itself passes, one more does not.
  @Test(arguments: [
    (16 * 1024, 0, nil), (16 * 1024 + 1, 0, 414), (1 << 20, 0, 414), (0, 32 * 1024 - 2, nil), (0, 32 * 1024 - 1, 431),
    (0, 1 << 20, 431),
  ])
  func `Request line and fields have their limits`(line: Int, fields: Int, status: Int?) {
    var text = "GET /"
    text += String(repeating: "a", count: max(0, line - text.utf8.count - " HTTP/1.1".utf8.count))
    text += " HTTP/1.1\r\nHost: h\r\n"
    let rest = fields - "Host: h\r\n".utf8.count - "A: \r\n".utf8.count
    if rest > 0 { text += "A: " + String(repeating: "b", count: rest) + "\r\n" }
    var parser = RequestParser()
    switch parser.feed(Array((text + "\r\n").utf8).span) {
    case .request: #expect(status == nil)
    case .refused(let refusal): #expect(refusal.status.code == status)
    case .incomplete: Issue.record("incomplete")
    }
  }

  @Test(arguments: [
    ("GET /", UInt8(ascii: "a"), 414), ("GET / HTTP/1.1\r\nHost: h\r\nA: ", UInt8(ascii: "a"), 431),
    (chunks(""), UInt8(ascii: "0"), 400), (chunks("1;a="), UInt8(ascii: "b"), 400),
    (chunks("0\r\nA: "), UInt8(ascii: "b"), 431),
  ])
  func `What never ends is refused before it fills the memory`(start: String, filler: UInt8, status: Int) {
    var parser = RequestParser()
    _ = parser.feed(Array(start.utf8).span)
    let more = [UInt8](repeating: filler, count: 1000)
    for _ in 0..<50 {
      if case .refused(let refusal) = parser.feed(more.span) {
        #expect(refusal.status.code == status)
        return
      }
    }
    Issue.record("50,000 bytes were kept")
  }

  @Test func `Chunks together have the body's limit`() {
    var limits = RequestLimits()
    limits.body = 10
    var parser = RequestParser(limits: limits)
    let bytes = Array(RequestParserTests.chunks("6\r\nabcdef\r\n5\r\n").utf8)
    guard case .refused(let refusal) = parser.feed(bytes.span) else {
      Issue.record("accepted")
      return
    }
    #expect(refusal.status.code == 413)
  }
}
