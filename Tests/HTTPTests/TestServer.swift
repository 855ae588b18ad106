@testable import HTTP

/// A server of a closure, on a free port, gone at the end of the test.
final class TestServer {
  let server: Server
  let port: UInt16

  init(_ reply: @escaping @Sendable (Request) -> Reply = TestServer.echo) throws {
    server = Server(handler: ClosureHandler(reply: reply))
    port = try server.start()
  }

  init(
    configuring change: (inout ServerConfiguration) -> Void,
    reply: @escaping @Sendable (Request) -> Reply = TestServer.echo
  ) throws {
    var configuration = ServerConfiguration()
    change(&configuration)
    server = Server(configuration: configuration, handler: ClosureHandler(reply: reply))
    port = try server.start()
  }

  init(handler: any Handler) throws {
    server = Server(handler: handler)
    port = try server.start()
  }

  deinit { server.shutdown(grace: .zero) }

  func client(receiveBuffer: Int32? = nil) throws -> RawClient {
    try RawClient(port: port, receiveBuffer: receiveBuffer)
  }

  /// Answers with what was understood: `METHOD path?query body`.
  static let echo: @Sendable (Request) -> Reply = { request in
    let query = request.query.map { "?" + $0 } ?? ""
    return .now(.text("\(request.method) \(request.path)\(query) \(String(decoding: request.body, as: UTF8.self))"))
  }

  private struct ClosureHandler: Handler {
    let reply: @Sendable (Request) -> Reply
    func reply(to request: Request) -> Reply { reply(request) }
  }
}
