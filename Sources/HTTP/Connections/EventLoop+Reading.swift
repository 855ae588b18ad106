import CLinux
import Glibc

extension EventLoop {
  /// Does what can be done on a connection without waiting: reads, has one request after the other answered, writes.
  func advance(_ connection: Connection) {
    // One connection with much to say must not keep the others waiting.
    var turns = 64
    while turns > 0 {
      turns -= 1
      switch connection.phase {
      case .closed, .answering: return
      case .writing: guard write(connection) else { return }
      case .lingering: guard discard(connection) else { return }
      case .reading: guard read(connection) else { return }
      }
    }
    ready.append(connection.ticket)
  }

  /// Feeds the parser with what has come. False when there is nothing more to do for now.
  private func read(_ connection: Connection) -> Bool {
    if !connection.unread.isEmpty {
      let bytes = connection.unread
      let start = connection.unreadStart
      connection.unread = []
      let outcome = bytes.withUnsafeBufferPointer {
        connection.parser.feed(UnsafeBufferPointer(rebasing: $0[start...]))
      }
      if case .request(_, let consumed) = outcome, start + consumed < bytes.count {
        connection.unread = bytes
        connection.unreadStart = start + consumed
      }
      take(outcome, on: connection)
      return true
    }
    guard connection.isReadable else { return false }
    let count = Glibc.read(connection.descriptor, readBuffer.baseAddress, readBuffer.count)
    if count > 0 {
      // A short read has emptied the socket; what comes later raises a new event.
      if count < readBuffer.count, !connection.peerFinished { connection.isReadable = false }
      let input = UnsafeBufferPointer(rebasing: readBuffer[..<count])
      let outcome = connection.parser.feed(input)
      if case .request(_, let consumed) = outcome, consumed < count {
        connection.unread = Array(input[consumed...])
        connection.unreadStart = 0
      }
      take(outcome, on: connection)
      return true
    }
    if count < 0 {
      if errno == EINTR { return true }
      connection.isReadable = false
      if errno != EAGAIN { close(connection) }
      return false
    }
    connection.sawEnd = true
    connection.isReadable = false
    if connection.parser.isIdle {
      close(connection)
      return false
    }
    refuse(connection, .badRequest("The request ends before it is whole."))
    return true
  }

  private func take(_ outcome: RequestParser.Outcome, on connection: Connection) {
    switch outcome {
    case .incomplete: awaitMore(connection)
    case .refused(let refusal): refuse(connection, refusal)
    case .request(var request, _):
      request.remoteAddress = connection.remoteAddress
      connection.exchange = Connection.Exchange(
        isHead: request.method == .head, version: request.version, keepsAlive: request.keepsAlive)
      connection.exchangeNumber &+= 1
      connection.mark = 0
      perform(shared.handler.reply(to: request), on: connection)
    }
  }

  private func awaitMore(_ connection: Connection) {
    if connection.parser.takeExpectation() {
      // The answer before this one is out, so these few bytes find room; a client that does not get them sends anyway.
      let interim = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
      let sent = interim.withUnsafeBytes { linux_send(connection.descriptor, $0.baseAddress, $0.count, nil, 0, 0) }
      guard sent < 0 || sent == interim.count else { return close(connection) }
    }
    if connection.parser.isReadingBody {
      guard countBody(connection) else { return refuse(connection, .overloaded) }
      if connection.deadlineKind != .body || connection.parser.bodyCount - connection.mark >= 1024 {
        connection.mark = connection.parser.bodyCount
        arm(connection, .body)
      }
    } else {
      // Empty lines alone begin no request, and don't keep an idle connection either.
      let kind = connection.parser.isIdle ? DeadlineKind.idle : .header
      if connection.deadlineKind != kind { arm(connection, kind) }
    }
  }

  /// Counts the body against the room that all bodies share. False when there is none left.
  private func countBody(_ connection: Connection) -> Bool {
    let growth = connection.parser.bodyCount - connection.countedBody
    guard growth >= 64 * 1024 else { return true }
    connection.countedBody += growth
    return shared.bodiesGrow(by: growth) <= configuration.bodyMemory
  }

  func releaseBody(_ connection: Connection) {
    guard connection.countedBody > 0 else { return }
    shared.bodiesGrow(by: -connection.countedBody)
    connection.countedBody = 0
  }

  /// Answers what can't be read further, and closes.
  func refuse(_ connection: Connection, _ refusal: Refusal) {
    connection.exchange = Connection.Exchange(isHead: connection.parser.isReadingHead)
    connection.exchangeNumber &+= 1
    connection.unread = []
    send(shared.handler.response(to: refusal), on: connection)
  }

  /// Throws away what a client sends after its last answer. False when there is nothing more to do for now.
  private func discard(_ connection: Connection) -> Bool {
    guard connection.isReadable else { return false }
    let count = Glibc.read(connection.descriptor, readBuffer.baseAddress, readBuffer.count)
    if count < 0, errno == EINTR { return true }
    if count < 0, errno == EAGAIN {
      connection.isReadable = false
      return false
    }
    connection.mark += count
    guard count > 0, connection.mark < 128 << 20 else {
      close(connection)
      return false
    }
    if count < readBuffer.count, !connection.peerFinished { connection.isReadable = false }
    return true
  }
}
