import Testing

@testable import HTTP

@Suite struct RequestParserTests {
  @Test func `A plain request is read`() {
    var parser = RequestParser()
    let bytes = Array("GET /a%20b?x=1 HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
    guard case .request(let request, bytes.count) = parser.feed(bytes.span) else {
      Issue.record("no request")
      return
    }
    #expect(request.pathComponents == ["a b"])
    #expect(request.queryParameters == [Parameter("x", "1")])
  }
}
