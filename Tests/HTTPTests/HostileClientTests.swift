import Glibc
import Testing

@testable import HTTP

/// Clients that are slow, many, or gone, and a server that runs out of descriptors.
@Suite struct HostileClientTests {
  static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

  func server(_ change: (inout ServerConfiguration.Timeouts) -> Void) throws -> TestServer {
    try TestServer(configuring: { change(&$0.timeouts) })
  }

  @Test func `Fields that trickle are answered 408 however alive they look`() throws {
    let server = try server { $0.header = .milliseconds(300) }
    let client = try server.client()
    let start = Tick.now
    client.send("GET / HTTP/1.1\r\n")
    for number in 0..<20 where client.send("A: \(number)\r\n") { usleep(30_000) }
    #expect(client.read()?.status == 408)
    #expect(client.isClosed())
    #expect(Tick.now.nanoseconds - start.nanoseconds < 5_000_000_000)
  }

  @Test func `A body that stops is answered 408`() throws {
    let server = try server { $0.body = .milliseconds(200) }
    let client = try server.client()
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab")
    #expect(client.read()?.status == 408)
  }

  @Test func `A body that goes on is waited for`() throws {
    let server = try server { $0.body = .milliseconds(400) }
    let client = try server.client()
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8192\r\n\r\n")
    for _ in 0..<8 {
      client.send([UInt8](repeating: 65, count: 1024))
      usleep(100_000)
    }
    #expect(client.read()?.status == 200)
  }

  @Test func `An idle connection is closed without a word`() throws {
    let server = try server { $0.idle = .milliseconds(200) }
    let client = try server.client()
    #expect(client.exchange(HostileClientTests.get)?.status == 200)
    #expect(client.isClosed())
    let silent = try server.client()
    #expect(silent.isClosed())
  }

  @Test func `Empty lines after a request are passed over, and closed without a word`() throws {
    let hasty = try server { $0.header = .milliseconds(100) }
    let client = try hasty.client()
    // The line end behind the body that old clients send (RFC 9112 2.2).
    #expect(client.exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab\r\n")?.status == 200)
    usleep(150_000)
    #expect(client.exchange(HostileClientTests.get + "\r\n")?.status == 200)
    client.finishSending()
    #expect(client.isClosed())
    let patient = try server { $0.idle = .milliseconds(200) }
    let silent = try patient.client()
    silent.send("\r\n")
    #expect(silent.isClosed())
  }

  @Test func `A client that stops reading is cut`() throws {
    let server = try TestServer(
      configuring: { $0.timeouts.write = .milliseconds(300) },
      reply: { _ in .now(Response(contentType: "a/b", body: [UInt8](repeating: 65, count: 50_000_000))) })
    let client = try server.client(receiveBuffer: 4096)
    client.send(HostileClientTests.get)
    usleep(800_000)
    #expect(client.readAll().count < 50_000_000)
  }

  @Test func `A client that talks without reading is cut too`() throws {
    let server = try TestServer(
      configuring: { $0.timeouts.write = .milliseconds(400) },
      reply: { _ in .now(Response(contentType: "a/b", body: [UInt8](repeating: 65, count: 50_000_000))) })
    let client = try server.client(receiveBuffer: 4096)
    client.send(HostileClientTests.get)
    usleep(100_000)
    var rounds = 0
    while rounds < 40, client.send("G") {
      usleep(50_000)
      rounds += 1
    }
    #expect(rounds < 40)
  }

  @Test func `Bodies together have a limit, and what they took is given back`() throws {
    let server = try TestServer(configuring: { $0.bodyMemory = 1_000_000 })
    let half = [UInt8](repeating: 65, count: 700_000)
    for _ in 0..<3 {
      let first = try server.client()
      first.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 700001\r\n\r\n")
      first.send(half)
      usleep(50_000)
      let second = try server.client()
      second.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 700000\r\n\r\n")
      second.send(half)
      let refused = second.read()
      #expect(refused?.status == 503)
      #expect(refused?.headers["Connection"] == "close")
      first.send("A")
      #expect(first.read()?.status == 200)
    }
  }

  @Test func `Two thousand idle connections cost little and starve nobody`() throws {
    let server = try TestServer()
    var idle: [RawClient] = []
    for number in 0..<2000 {
      let client = try server.client()
      // Some are new, some have begun a request, some have had an answer.
      if number % 3 == 1 { client.send("GET / HT") }
      if number % 3 == 2 { #expect(client.exchange(HostileClientTests.get)?.status == 200) }
      idle.append(client)
    }
    let fresh = try server.client()
    for _ in 0..<100 { #expect(fresh.exchange(HostileClientTests.get)?.status == 200) }
    idle[1].send("TP/1.1\r\nHost: h\r\n\r\n")
    #expect(idle[1].read()?.status == 200)
    #expect(idle[0].exchange(HostileClientTests.get)?.status == 200)
  }

  @Test func `Past the limit of connections the oldest idle ones make room`() throws {
    let server = try TestServer(configuring: { $0.maximumConnections = 10 })
    var clients: [RawClient] = []
    for _ in 0..<10 {
      let client = try server.client()
      #expect(client.exchange(HostileClientTests.get)?.status == 200)
      clients.append(client)
    }
    usleep(1_100_000)
    let fresh = try server.client()
    #expect(fresh.exchange(HostileClientTests.get)?.status == 200)
  }

  @Test func `Out of descriptors the server neither spins nor goes deaf`() async {
    await #expect(processExitsWith: .success) {
      // What the process has open already, from whoever started it too, does not count.
      let highest = (0..<65_536).last { fcntl(Int32($0), F_GETFD) >= 0 } ?? 0
      let room = rlim_t(80 + highest)
      var limit = rlimit(rlim_cur: room, rlim_max: room)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      // More than there are descriptors, so that accept itself fails.
      let server = try TestServer(configuring: { $0.maximumConnections = 1000 })
      var clients: [RawClient] = []
      while let client = try? server.client() { clients.append(client) }
      guard clients.count > 20 else { exit(2) }
      let before = clock()
      usleep(1_500_000)
      // Half a second of processor time in one and a half of waiting would be spinning.
      guard clock() - before < CLOCKS_PER_SEC / 2 else { exit(3) }
      // On a busy machine most of them wait to be accepted still: as many have to go as leave room for those.
      clients.removeLast(clients.count - 10)
      for _ in 0..<5 {
        let client = try server.client()
        guard client.exchange(HostileClientTests.get)?.status == 200 else { exit(4) }
      }
      exit(0)
    }
  }

  @Test func `Clients that vanish in every state leave nothing behind`() throws {
    let body = [UInt8](repeating: 65, count: 1_000_000)
    let server = try TestServer { request in
      switch request.path {
      case "/work":
        .work { _ in
          usleep(2000); return .text("w")
        }
      case "/later": .later { responder in responder.after(.milliseconds(5)) { responder.complete(.text("l")) } }
      default: .now(Response(contentType: "a/b", body: body))
      }
    }
    for round in 0..<60 {
      for path in ["/", "/work", "/later"] {
        let client = try server.client(receiveBuffer: 4096)
        client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n" + (round % 3 == 0 ? "" : "\r\n"))
        if round % 3 == 1 { client.reset() }
      }
    }
    #expect(try server.client().exchange("GET /work HTTP/1.1\r\nHost: h\r\n\r\n")?.text == "w")
  }
}
