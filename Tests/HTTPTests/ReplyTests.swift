import Dispatch
import Glibc
import Synchronization
import Testing

@testable import HTTP

/// Work, later answers, streams and closing without a word.
@Suite struct ReplyTests {
  static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  @Test func `A later answer takes a timer and no thread`() throws {
    let server = try TestServer(
      configuring: { $0.workers = 1 },
      reply: { _ in .later { responder in responder.after(.milliseconds(200)) { responder.complete(.text("late")) } } })
    let clients = try (0..<200).map { _ in try server.client() }
    let start = Tick.now
    for client in clients { client.send(ReplyTests.get) }
    for client in clients { #expect(client.read()?.text == "late") }
    let elapsed = (Tick.now.nanoseconds - start.nanoseconds) / 1_000_000
    #expect(elapsed >= 200)
  }

  @Test func `Only the first answer counts, and a dropped responder answers 500`() throws {
    let server = try TestServer { request in
      .later { responder in
        guard request.path == "/" else { return }
        responder.complete(.text("first"))
        responder.complete(.text("second"))
      }
    }
    let client = try server.client()
    #expect(client.exchange(ReplyTests.get)?.text == "first")
    #expect(client.exchange("GET /drop HTTP/1.1\r\nHost: h\r\n\r\n")?.status == 500)
    #expect(client.exchange(ReplyTests.get)?.text == "first")
  }

  @Test func `A later answer may turn into work`() throws {
    let server = try TestServer { _ in .later { $0.complete(with: .work { _ in .text("worked") }) } }
    #expect(try server.client().exchange(ReplyTests.get)?.text == "worked")
  }

  @Test func `Past the queue's length work is answered 503 and when to come back`() throws {
    let gate = Shared(false)
    let server = try TestServer(
      configuring: {
        $0.workers = 1
        $0.queueLength = 1
      },
      reply: { request in
        if request.path == "/light" { return .now(.text("light")) }
        return .work { _ in
          while !gate.value.withLock({ $0 }) { usleep(1000) }
          return .text("done")
        }
      })
    let first = try server.client()
    first.send(ReplyTests.get)
    usleep(100_000)
    let second = try server.client()
    second.send(ReplyTests.get)
    usleep(50_000)
    let third = try server.client()
    let refused = try #require(third.exchange(ReplyTests.get))
    #expect(refused.status == 503)
    #expect(refused.headers["Retry-After"] == "1")
    #expect(third.exchange("GET /light HTTP/1.1\r\nHost: h\r\n\r\n")?.text == "light")
    gate.value.withLock { $0 = true }
    #expect(first.read()?.text == "done")
    #expect(second.read()?.text == "done")
  }

  @Test func `Work learns that its client has gone`() throws {
    let seen = Shared(false)
    let server = try TestServer { _ in
      .work { context in
        for _ in 0..<5000 {
          if context.isCancelled {
            seen.value.withLock { $0 = true }
            break
          }
          usleep(1000)
        }
        return .text("")
      }
    }
    var client: RawClient? = try server.client()
    client?.send(ReplyTests.get)
    usleep(50_000)
    client?.reset()
    client = nil
    for _ in 0..<3000 where !seen.value.withLock({ $0 }) { usleep(1000) }
    #expect(seen.value.withLock { $0 })
  }

  @Test func `Hanging up sends nothing`() throws {
    let server = try TestServer { _ in .hangUp }
    let client = try server.client()
    client.send(ReplyTests.get)
    #expect(client.isClosed())
  }

  /// A stream of some pieces, with a pause before each.
  static func stream(_ pieces: [String], count: Int? = nil, isHeavy: Bool = false, ending: BodyStream.Step = .end)
    -> BodyStream
  {
    let position = Shared((index: 0, waits: true))
    return BodyStream(count: count, isHeavy: isHeavy) {
      position.value.withLock { position in
        defer { position.waits.toggle() }
        if position.waits { return .wait(.milliseconds(5)) }
        defer { position.index += 1 }
        return position.index < pieces.count ? .bytes(Array(pieces[position.index].utf8)) : ending
      }
    }
  }

  @Test(arguments: [false, true])
  func `A stream of unknown length goes in chunks, and to HTTP 1_0 until the end`(_ isHeavy: Bool) throws {
    let server = try TestServer { _ in
      .now(Response(body: .stream(ReplyTests.stream(["ab", "", "cde"], isHeavy: isHeavy))))
    }
    let client = try server.client()
    for _ in 0..<2 {
      let answer = try #require(client.exchange(ReplyTests.get))
      #expect(answer.headers["Transfer-Encoding"] == "chunked")
      #expect(answer.headers["Content-Length"] == nil)
      #expect(answer.text == "abcde")
    }
    let old = try server.client()
    let answer = try #require(old.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
    #expect(answer.headers["Transfer-Encoding"] == nil)
    #expect(answer.headers["Connection"] == "close")
    #expect(answer.text == "abcde")
  }

  @Test func `A stream of known length has it, and HEAD does not pull it`() throws {
    let server = try TestServer { _ in .now(Response(body: .stream(ReplyTests.stream(["ab", "cde"], count: 5)))) }
    let client = try server.client()
    #expect(client.exchange("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")?.headers["Content-Length"] == "5")
    #expect(client.exchange(ReplyTests.get)?.text == "abcde")
  }

  @Test(arguments: [(["ab"], 3, false), (["abcd"], 3, false), (["ab"], nil, true)])
  func `A stream that breaks off is seen as broken`(_ pieces: [String], _ count: Int?, _ cuts: Bool) throws {
    let server = try TestServer { _ in
      .now(Response(body: .stream(ReplyTests.stream(pieces, count: count, ending: cuts ? .cut : .end))))
    }
    #expect(try server.client().exchange(ReplyTests.get) == nil)
  }

  @Test func `A stream is pulled no faster than it is read`() throws {
    let pulled = Shared(0)
    let server = try TestServer { _ in
      .now(
        Response(
          body: .stream(
            BodyStream {
              pulled.value.withLock {
                $0 += 1
                return $0 <= 300 ? .bytes([UInt8](repeating: 65, count: 65536)) : .end
              }
            })))
    }
    let client = try server.client(receiveBuffer: 4096)
    client.send(ReplyTests.get)
    usleep(200_000)
    // 19 MiB in all; the sockets hold some MiB.
    #expect(pulled.value.withLock { $0 } < 150)
    #expect(client.read()?.body.count == 300 * 65536)
  }
}

@Suite struct ReplyResponseTests {
  @Test func `A handler can be tried without a server`() {
    #expect(Reply.now(.text("a", .notFound)).response()?.status == .notFound)
    #expect(Reply.work { _ in .text("a", .notFound) }.response()?.status == .notFound)
    #expect(Reply.hangUp.response() == nil)
    let later = Reply.later { responder in
      responder.after(.milliseconds(10)) { responder.complete(with: .work { _ in .text("a", .accepted) }) }
    }
    #expect(later.map { Response($0.status, headers: ["X": "y"]) }.response()?.headers["X"] == "y")
    #expect(later.response()?.status == .accepted)
    #expect(Reply.later { _ in }.response()?.status == .internalServerError)
  }

  @Test func `The server has timers of its own`() throws {
    let server = try TestServer()
    let rung = DispatchSemaphore(value: 0)
    server.server.after(.milliseconds(20)) { rung.signal() }
    #expect(rung.wait(timeout: .now() + 5) == .success)
  }
}
