import Glibc
import Testing

@testable import HTTP

@Suite struct ExchangeTests {
  @Test func `A connection serves one request after the other`() throws {
    let server = try TestServer()
    let client = try server.client()
    for number in 0..<3 {
      let answer = try #require(client.exchange("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n"))
      #expect(answer.version == "HTTP/1.1")
      #expect(answer.status == 200)
      #expect(answer.text == "GET /\(number) ")
      #expect(answer.headers["Date"] != nil)
      #expect(answer.headers["Connection"] == nil)
    }
  }
}
