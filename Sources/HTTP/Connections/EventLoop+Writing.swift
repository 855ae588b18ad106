import CLinux
import Glibc
import HTTPTypes

extension EventLoop {
  /// Begins to answer the present request.
  func perform(_ reply: Reply, on connection: Connection) {
    switch reply {
    case .now(let response): send(response, on: connection)
    case .hangUp: close(connection)
    case .work(let make):
      let context = beginAnswering(connection)
      let ticket = connection.ticket
      let accepted = shared.pool.submit { [mailbox] in
        // Nobody waits any more: the ticket is void, so the answer would be thrown away.
        guard !context.isCancelled else { return }
        mailbox.post(.reply(ticket, .now(make(context))))
      }
      if !accepted { send(shared.handler.response(to: .overloaded), on: connection) }
    case .later(let begin):
      let context = beginAnswering(connection)
      let ticket = connection.ticket
      begin(
        Responder(
          context: context, deliver: { [mailbox] in mailbox.post(.reply(ticket, $0)) },
          schedule: { [mailbox] in mailbox.post(.run(after: $0, $1)) }))
    }
  }

  private func beginAnswering(_ connection: Connection) -> WorkContext {
    disarm(connection)
    connection.phase = .answering
    let context = connection.context ?? WorkContext()
    connection.context = context
    return context
  }

  /// Writes the answer, or as much of it as the socket takes.
  func send(_ response: Response, on connection: Connection) {
    connection.context = nil
    releaseBody(connection)
    let exchange = connection.exchange
    let framing = framing(response, exchange)
    var closes = !exchange.keepsAlive || response.closesConnection || isDraining || connection.sawEnd
    if case .close = framing { closes = true }
    connection.exchange.keepsAlive = !closes
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    head.write(
      response.status, response.headers, framing,
      connection: closes ? "close" : exchange.version == .http10 ? "keep-alive" : nil, second: time.tv_sec)

    var pieces: [Response.Piece] = []
    let hasBody = !exchange.isHead && !Self.isBodiless(response.status)
    switch response.body {
    case .bytes(let body) where hasBody:
      let sent = send(head.bytes, body, to: connection.descriptor)
      if sent == head.bytes.count + body.count { return finish(connection) }
      if sent < 0, errno != EAGAIN, errno != EINTR { return close(connection) }
      var outgoing = Outgoing(prefix: head.bytes, pieces: [.bytes(body)])
      outgoing.skip(max(0, sent))
      return beginWriting(outgoing, connection)
    case .stream(let stream) where hasBody:
      var isChunked = false
      if case .chunked = framing { isChunked = true }
      return beginWriting(Outgoing(prefix: head.bytes, stream: stream, isChunked: isChunked), connection)
    case .file(let region) where hasBody: pieces = [.file(region)]
    case .pieces(let parts) where hasBody: pieces = parts
    default: break
    }
    beginWriting(Outgoing(prefix: head.bytes, pieces: pieces), connection)
  }

  private func beginWriting(_ outgoing: Outgoing, _ connection: Connection) {
    connection.outgoing = outgoing
    connection.isPulling = false
    connection.phase = .writing
    arm(connection, .write)
  }

  private func send(_ head: [UInt8], _ body: [UInt8], to descriptor: Int32) -> Int {
    head.withUnsafeBytes { head in
      body.withUnsafeBytes { body in
        linux_send(descriptor, head.baseAddress, head.count, body.baseAddress, body.count, 0)
      }
    }
  }

  private static func isBodiless(_ status: HTTPResponse.Status) -> Bool {
    status.code < 200 || status.code == 204 || status.code == 304
  }

  private func framing(_ response: Response, _ exchange: Connection.Exchange) -> ResponseHead.Framing {
    if Self.isBodiless(response.status) { return .none }
    if let count = response.body.count { return .length(count) }
    return exchange.version == .http11 ? .chunked : .close
  }

  /// Writes on. False when the socket is full or the next piece has yet to be made.
  func write(_ connection: Connection) -> Bool {
    guard !connection.isPulling else { return false }
    // Moved out and back, so that the buffers inside are not copied.
    guard var outgoing = connection.outgoing.take() else {
      finish(connection)
      return true
    }
    let before = outgoing.sent
    let progress = outgoing.write(to: connection.descriptor)
    // A client that talks but does not read gains no time by it.
    if outgoing.sent > before { arm(connection, .write) }
    connection.outgoing = outgoing
    switch progress {
    case .done:
      connection.outgoing = nil
      finish(connection)
    case .paused: break
    case .blocked: return false
    case .failed:
      abort(connection)
    case .pull(let stream):
      connection.isPulling = true
      disarm(connection)
      guard !stream.isHeavy else {
        pullOnPool(stream, connection)
        return false
      }
      take(stream.next(), on: connection)
    }
    return true
  }

  private func pullOnPool(_ stream: BodyStream, _ connection: Connection) {
    let ticket = connection.ticket
    let accepted = shared.pool.submit { [mailbox] in mailbox.post(.step(ticket, stream.next())) }
    // A full queue delays an answer that has begun; it can't refuse it any more.
    if !accepted { timers.add(.pull(ticket), due: now.advanced(by: .milliseconds(20))) }
  }

  /// Takes a piece of a streamed body.
  func take(_ step: BodyStream.Step, on connection: Connection) {
    if case .wait(let delay) = step {
      timers.add(.pull(connection.ticket), due: now.advanced(by: delay))
      return
    }
    connection.isPulling = false
    arm(connection, .write)
    if connection.outgoing?.take(step) != true { abort(connection) }
  }

  /// The answer is out: on to the next request, or to the end.
  private func finish(_ connection: Connection) {
    guard connection.exchange.keepsAlive, !isDraining else { return beginLingering(connection) }
    connection.phase = .reading
    arm(connection, .idle)
  }

  private func beginLingering(_ connection: Connection) {
    guard !connection.sawEnd else { return close(connection) }
    shutdown(connection.descriptor, Int32(SHUT_WR))
    connection.unread = []
    connection.mark = 0
    connection.phase = .lingering
    arm(connection, .linger)
  }
}
