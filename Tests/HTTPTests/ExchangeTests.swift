import Glibc
import Testing

@testable import HTTP

/// Exchanges over a real socket.
@Suite struct ExchangeTests {
  static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test func `A connection serves one request after the other`() throws {
    let server = try TestServer()
    let client = try server.client()
    for number in 0..<3 {
      let answer = try #require(client.exchange("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n"))
      #expect(answer.version == "HTTP/1.1")
      #expect(answer.status == 200)
      #expect(answer.text == "GET /\(number) ")
      #expect(answer.headers["Connection"] == nil)
      let date = try #require(answer.headers["Date"].flatMap(HTTPDate.parse))
      #expect(abs(date - time(nil)) <= 2)
    }
  }

  @Test func `Connection close is honoured and said`() throws {
    let server = try TestServer()
    let client = try server.client()
    let answer = try #require(client.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: foo, CLOSE\r\n\r\n"))
    #expect(answer.headers["Connection"] == "close")
    #expect(client.isClosed())
  }

  @Test func `HTTP 1.0 closes unless asked to stay`() throws {
    let server = try TestServer()
    let brief = try server.client()
    #expect(brief.exchange("GET / HTTP/1.0\r\n\r\n")?.headers["Connection"] == "close")
    #expect(brief.isClosed())
    let staying = try server.client()
    for _ in 0..<2 {
      let answer = staying.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(answer?.headers["Connection"] == "keep-alive")
    }
  }

  @Test func `HEAD has the fields of GET and no body`() throws {
    let server = try TestServer { _ in .now(.text("twelve bytes")) }
    let client = try server.client()
    let get = try #require(client.exchange(ExchangeTests.get))
    let head = try #require(client.exchange("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"))
    #expect(head.headers["Content-Length"] == "12")
    #expect(head.headers.map(\.name) == get.headers.map(\.name))
    #expect(client.exchange(ExchangeTests.get)?.text == "twelve bytes")
  }

  @Test(arguments: [204, 304])
  func `A status without body has neither body nor length`(_ code: Int) throws {
    let server = try TestServer { _ in .now(Response(.init(code: code), body: .bytes([1, 2, 3]))) }
    let client = try server.client()
    let answer = try #require(client.exchange(ExchangeTests.get))
    #expect(answer.headers["Content-Length"] == nil)
    #expect(client.exchange(ExchangeTests.get)?.status == code)
  }

  @Test func `A handler's framing fields are left out and its line breaks are blanks`() throws {
    let server = try TestServer { _ in
      var response = Response.text("abc")
      response.headers.append("Content-Length", "99")
      response.headers.append("X", "a\r\nSet-Cookie: b")
      return .now(response)
    }
    let answer = try #require(try server.client().exchange(ExchangeTests.get))
    #expect(answer.headers.values(of: "Content-Length") == ["3"])
    #expect(answer.headers["X"] == "a  Set-Cookie: b")
    #expect(answer.headers["Set-Cookie"] == nil)
  }

  @Test func `Pipelined requests are answered in order, slow ones too`() throws {
    let server = try TestServer { request in
      request.path == "/1"
        ? .work { _ in
          usleep(50_000); return .text("1")
        } : .now(.text(request.path))
    }
    let client = try server.client()
    client.send((0..<4).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    #expect((0..<4).map { _ in client.read()?.text } == ["/0", "1", "/2", "/3"])
  }

  @Test func `Twenty thousand requests in one go are all answered`() throws {
    let server = try TestServer()
    let client = try server.client()
    let all = Array(String(repeating: ExchangeTests.get, count: 20_000).utf8)
    let descriptor = client.descriptor
    Thread.start("sender") { RawClient.sendAll(all, on: descriptor) }
    let length = try #require(client.read()).rawCount
    #expect(client.count(bytes: 19_999 * length) == 19_999 * length)
  }

  @Test func `A body of either framing arrives`() throws {
    let server = try TestServer()
    let client = try server.client()
    let post = "POST /p HTTP/1.1\r\nHost: h\r\n"
    #expect(client.exchange(post + "Content-Length: 5\r\n\r\nhello")?.text == "POST /p hello")
    #expect(
      client.exchange(post + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")?.text
        == "POST /p hello")
    #expect(client.exchange(post + "Content-Length: 0\r\n\r\n")?.text == "POST /p ")
  }

  @Test func `A client that asks is told to continue, once, and one that sends at once is not`() throws {
    let server = try TestServer()
    let client = try server.client()
    let head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n"
    #expect(client.exchange(head)?.status == 100)
    #expect(client.exchange("hello")?.text == "POST / hello")
    #expect(client.exchange(head + "hello")?.text == "POST / hello")
  }

  @Test func `A body too large is refused before it is sent`() throws {
    let server = try TestServer(configuring: { $0.limits.body = 1000 })
    let client = try server.client()
    let answer = client.exchange("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
    #expect(answer?.status == 413)
    #expect(answer?.headers["Connection"] == "close")
    #expect(client.isClosed())
  }

  @Test func `A refusal reaches a client that is still sending`() throws {
    let server = try TestServer(configuring: { $0.limits.body = 1000 })
    let client = try server.client()
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n")
    #expect(client.send([UInt8](repeating: 65, count: 20_000_000)))
    #expect(client.read()?.status == 413)
  }

  @Test func `A refused HEAD has no body either`() throws {
    let server = try TestServer()
    let client = try server.client()
    client.send("HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n")
    let answer = String(decoding: client.readAll(), as: UTF8.self)
    #expect(answer.hasPrefix("HTTP/1.1 400 "))
    #expect(answer.hasSuffix("\r\n\r\n"))
  }

  @Test func `Nothing after a refused request is answered`() throws {
    let server = try TestServer()
    let client = try server.client()
    client.send("GET / HTTP/1.1\r\n\r\n" + ExchangeTests.get)
    #expect(client.read()?.status == 400)
    #expect(client.isClosed())
  }

  @Test func `A client may close its side after the request`() throws {
    let server = try TestServer { request in
      .work { _ in
        usleep(50_000)
        return Response(contentType: "a/b", body: [UInt8](repeating: 65, count: 3_000_000))
      }
    }
    let client = try server.client()
    client.send(ExchangeTests.get)
    client.finishSending()
    usleep(20_000)
    let answer = try #require(client.read())
    #expect(answer.body.count == 3_000_000)
    #expect(client.isClosed())
  }

  @Test func `What a client sends after its last request does not cost it the answer`() throws {
    let server = try TestServer { _ in
      .now(Response(contentType: "a/b", body: [UInt8](repeating: 65, count: 2_000_000)))
    }
    for _ in 0..<10 {
      let client = try server.client(receiveBuffer: 65536)
      client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      client.send([UInt8](repeating: 65, count: 100_000))
      client.finishSending()
      usleep(5000)
      #expect(client.read()?.body.count == 2_000_000)
    }
  }

  @Test func `A request cut short is answered 400`() throws {
    let server = try TestServer()
    let client = try server.client()
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel")
    client.finishSending()
    #expect(client.read()?.status == 400)
  }

  @Test func `A large answer to a slow reader arrives whole, and others are served meanwhile`() throws {
    let body = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 / 251) }
    let server = try TestServer { request in
      request.path == "/big" ? .now(Response(contentType: "a/b", body: body)) : .now(.text("small"))
    }
    let slow = try server.client(receiveBuffer: 4096)
    slow.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n" + ExchangeTests.get)
    usleep(50_000)
    #expect(try server.client().exchange(ExchangeTests.get)?.text == "small")
    #expect(slow.read()?.body == body)
    #expect(slow.read()?.text == "small")
  }

  @Test func `A used port is told apart from other failures`() throws {
    let server = try TestServer()
    var configuration = ServerConfiguration()
    configuration.port = server.port
    let second = Server(configuration: configuration, handler: CORS(MethodRules(Silent())))
    #expect {
      try second.start()
    } throws: { error in
      guard case .addressInUse(_, server.port)? = error as? ServerError else { return false }
      return true
    }
    configuration.host = "192.0.2.1"
    configuration.port = 0
    let third = Server(configuration: configuration, handler: CORS(MethodRules(Silent())))
    #expect {
      try third.start()
    } throws: { error in
      guard case .cannotListen? = error as? ServerError else { return false }
      return true
    }
  }

  private struct Silent: Handler {
    func reply(to request: Request) -> Reply { .hangUp }
  }
}
