import Glibc
import Testing

@testable import HTTP

/// How a server ends.
@Suite struct DrainTests {
  static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  /// Shuts down on another thread; the result is nil until it is over.
  func shutdown(_ server: TestServer, grace: Duration) -> Shared<Bool?> {
    let result = Shared<Bool?>(nil)
    let inner = server.server
    Thread.start("shutdown") {
      let isClean = inner.shutdown(grace: grace)
      result.value.withLock { $0 = isClean }
    }
    return result
  }

  func wait(_ result: Shared<Bool?>) -> Bool? {
    for _ in 0..<5000 {
      if let value = result.value.withLock({ $0 }) { return value }
      usleep(1000)
    }
    return nil
  }

  @Test func `Begun exchanges end, idle connections are closed, new ones are refused`() throws {
    let body = [UInt8](repeating: 65, count: 20_000_000)
    let server = try TestServer { request in
      request.path == "/"
        ? .now(.text(""))
        : .work { _ in
          usleep(300_000)
          return Response(contentType: "a/b", body: body)
        }
    }
    let idle = try server.client()
    #expect(idle.exchange(DrainTests.get)?.status == 200)
    let begun = try server.client()
    begun.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
    usleep(100_000)
    let result = shutdown(server, grace: .seconds(5))
    #expect(idle.isClosed())
    usleep(50_000)
    #expect(throws: SystemError.self) { try server.client() }
    let answer = try #require(begun.read())
    #expect(answer.headers["Connection"] == "close")
    #expect(answer.body.count == body.count)
    #expect(begun.isClosed())
    _ = begun.readAll()
    #expect(wait(result) == true)
  }

  @Test func `A request that has been sent before the end is answered`() throws {
    let server = try TestServer()
    let clients = try (0..<20).map { _ in try server.client() }
    for client in clients { client.send(DrainTests.get) }
    let result = shutdown(server, grace: .seconds(5))
    for client in clients { #expect(client.read()?.status == 200) }
    _ = result
  }

  @Test func `What takes longer than the grace is cut`() throws {
    let server = try TestServer { _ in .later { responder in responder.after(.seconds(60)) { _ = responder } } }
    let client = try server.client()
    client.send(DrainTests.get)
    usleep(50_000)
    let result = shutdown(server, grace: .milliseconds(100))
    #expect(client.read() == nil)
    #expect(wait(result) == false)
  }

  @Test func `A server that was never started shuts down`() {
    struct Silent: Handler {
      func reply(to request: Request) -> Reply { .hangUp }
    }
    #expect(Server(handler: Silent()).shutdown(grace: .zero))
  }
}
