import CLinux
import Glibc

/// The one door into an event loop for other threads.
final class Mailbox: Sendable {
  enum Message: Sendable {
    /// A connection that another loop has accepted.
    case adopt(descriptor: Int32, address: String)
    /// The answer to an exchange.
    case reply(Ticket, Reply)
    /// The next piece of a streamed body.
    case step(Ticket, BodyStream.Step)
    /// A closure to run on the loop after some time.
    case run(after: Duration, @Sendable () -> Void)
    /// Room is needed for this many connections.
    case evict(Int)
    /// No more requests; what is begun may take this long.
    case drain(grace: Duration)
  }

  private struct State: Sendable {
    var messages: [Message] = []
    var isClosed = false
  }

  /// Readable whenever there is mail.
  let descriptor: Int32
  private let state = Monitor(State())

  init() throws(SystemError) {
    descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError.current("eventfd") }
  }

  deinit { Glibc.close(descriptor) }

  /// Hands a message over. After the loop has ended nobody wants it.
  func post(_ message: Message) {
    let (wakes, isClosed) = state.update { state in
      guard !state.isClosed else { return (false, true) }
      state.messages.append(message)
      return (state.messages.count == 1, false)
    }
    if wakes { eventfd_write(descriptor, 1) }
    if isClosed, case .adopt(let orphan, _) = message { Glibc.close(orphan) }
  }

  /// All messages so far.
  func takeAll() -> [Message] {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
    return state.update { state in
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// Ends the delivery; connections that nobody took are closed.
  func close() {
    let left = state.update { state in
      defer { state = State(isClosed: true) }
      return state.messages
    }
    for case .adopt(let orphan, _) in left { Glibc.close(orphan) }
  }
}
