import CLinux
import Glibc

/// Owns connections: waits for their sockets, reads, has requests answered, writes, and keeps their deadlines.
///
/// Made on its own thread and never seen by another one; the mailbox is the only way in.
final class EventLoop {
  let shared: SharedState
  let mailbox: Mailbox
  let configuration: ServerConfiguration
  private let poller: Poller
  private var listener: Listener?
  private var isAccepting = false
  private var nextPeer = 0

  /// By descriptor.
  var connections: [Connection?] = []
  var connectionCount = 0
  private var generation: UInt32 = 0
  /// Connections that had their share of this turn and have more to do.
  var ready: [Ticket] = []
  var timers = TimerHeap()
  var deadlines: [DeadlineList]
  var nextSweep = Tick.never
  var now = Tick.now
  var isDraining = false
  private var drainEnd = Tick.never

  let readBuffer: UnsafeMutableBufferPointer<UInt8>
  var head: ResponseHead

  init(shared: SharedState, mailbox: Mailbox, poller: Poller, listener: Listener?) {
    self.shared = shared
    self.mailbox = mailbox
    self.poller = poller
    self.listener = listener
    configuration = shared.configuration
    deadlines = DeadlineKind.allCases.map { [timeouts = shared.configuration.timeouts] kind in
      DeadlineList(duration: kind.duration(timeouts))
    }
    head = ResponseHead(serverName: shared.configuration.serverName)
    readBuffer = .allocate(capacity: 64 * 1024)
    poller.add(mailbox.descriptor, EPOLLIN.rawValue, token: EventLoop.mailToken)
  }

  deinit { readBuffer.deallocate() }

  private static let mailToken = UInt64.max
  private static let listenerToken = UInt64.max - 1

  /// Serves until the drain is over. Returns whether every begun exchange could end.
  func run() -> Bool {
    resumeAccepting()
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    while !(isDraining && connectionCount == 0) {
      if isDraining, now >= drainEnd { break }
      let wake = min(min(nextSweep, timers.due), drainEnd)
      let timeout = ready.isEmpty ? now.milliseconds(until: wake) : 0
      let count = poller.wait(&events, timeout)
      now = .now
      for index in 0..<count { take(events[index]) }
      runReady()
      while let action = timers.popDue(now) { perform(action) }
      if nextSweep <= now { sweepDeadlines() }
    }
    var isClean = true
    for case let connection? in connections {
      if case .lingering = connection.phase {} else { isClean = false }
      close(connection)
    }
    mailbox.close()
    return isClean
  }

  private func take(_ event: epoll_event) {
    switch event.data.u64 {
    case EventLoop.mailToken:
      for message in mailbox.takeAll() { take(message) }
    case EventLoop.listenerToken:
      acceptConnections()
    case let token:
      let descriptor = Int32(truncatingIfNeeded: token & 0xFFFF_FFFF)
      guard let connection = connection(descriptor, UInt32(token >> 32)) else { return }
      if event.events & EPOLLERR.rawValue != 0 { return close(connection) }
      // Both sides have finished: what is unread has to be read first, for closing over it would send a reset that can
      // overtake the answer.
      if event.events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue) != 0 { connection.peerFinished = true }
      if event.events & EPOLLIN.rawValue != 0 || connection.peerFinished { connection.isReadable = true }
      advance(connection)
    }
  }

  private func take(_ message: Mailbox.Message) {
    switch message {
    case .adopt(let descriptor, let address): adopt(descriptor, address)
    case .reply(let ticket, let reply):
      guard let connection = connection(ticket), case .answering = connection.phase else { return }
      perform(reply, on: connection)
      advance(connection)
    case .step(let ticket, let step):
      guard let connection = connection(ticket), connection.isPulling else { return }
      take(step, on: connection)
      advance(connection)
    case .run(let delay, let action): timers.add(.run(action), due: now.advanced(by: delay))
    case .evict(let count): _ = evictIdle(count)
    case .drain(let grace): drain(grace)
    }
  }

  private func perform(_ action: TimerHeap.Action) {
    switch action {
    case .run(let closure): closure()
    case .resumeAccepting: resumeAccepting()
    case .pull(let ticket):
      guard let connection = connection(ticket), connection.isPulling else { return }
      connection.isPulling = false
      advance(connection)
    }
  }

  private func runReady() {
    guard !ready.isEmpty else { return }
    let turn = ready
    ready = []
    for ticket in turn {
      if let connection = connection(ticket.descriptor, ticket.generation) { advance(connection) }
    }
  }

  // MARK: Connections

  func connection(_ descriptor: Int32, _ generation: UInt32) -> Connection? {
    guard Int(descriptor) < connections.count, let connection = connections[Int(descriptor)],
      connection.generation == generation
    else { return nil }
    return connection
  }

  private func connection(_ ticket: Ticket) -> Connection? {
    guard let connection = connection(ticket.descriptor, ticket.generation),
      connection.exchangeNumber == ticket.exchange
    else { return nil }
    return connection
  }

  private func adopt(_ descriptor: Int32, _ address: String) {
    generation &+= 1
    // The tokens of mailbox and listener are those of generation UInt32.max.
    if generation == .max { generation = 1 }
    let connection = Connection(
      descriptor: descriptor, generation: generation, remoteAddress: address, limits: configuration.limits)
    while connections.count <= Int(descriptor) { connections.append(nil) }
    connections[Int(descriptor)] = connection
    connectionCount += 1
    arm(connection, .idle)
    // Edge-triggered: one registration serves for the whole life, whatever is waited for.
    let events = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
    let token = UInt64(connection.generation) << 32 | UInt64(UInt32(descriptor))
    guard poller.add(descriptor, events, token: token) else { return close(connection) }
    if isDraining { closeIfIdle(connection) }
  }

  func close(_ connection: Connection) {
    guard connections[Int(connection.descriptor)] === connection else { return }
    disarm(connection)
    connection.phase = .closed
    connection.context?.cancel()
    connection.context = nil
    connection.outgoing = nil
    releaseBody(connection)
    connections[Int(connection.descriptor)] = nil
    connectionCount -= 1
    Glibc.close(connection.descriptor)
    shared.connectionClosed()
  }

  /// Closes so that the client sees an error instead of an end.
  func abort(_ connection: Connection) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(connection.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    close(connection)
  }

  // MARK: Accepting

  private func acceptConnections(atMost count: Int = 128) {
    guard let listener else { return }
    for _ in 0..<count {
      guard shared.mayAccept else { return makeRoom() }
      switch listener.accept() {
      case .none: return
      case .exhausted: return makeRoom()
      case .connection(let descriptor, let address):
        shared.connectionOpened()
        let peer = shared.mailboxes[nextPeer % shared.mailboxes.count]
        nextPeer &+= 1
        if peer === mailbox {
          adopt(descriptor, address)
        } else {
          peer.post(.adopt(descriptor: descriptor, address: address))
        }
      }
    }
  }

  /// Out of descriptors: lets the oldest idle connections go and looks away for a moment, so that the loop neither
  /// spins on a listener that it can't serve nor is deaf until some client leaves of itself.
  private func makeRoom() {
    if evictIdle(32) == 0 {
      for peer in shared.mailboxes where peer !== mailbox { peer.post(.evict(32)) }
    }
    if isAccepting, let listener {
      poller.remove(listener.descriptor)
      isAccepting = false
    }
    timers.add(.resumeAccepting, due: now.advanced(by: .milliseconds(20)))
  }

  private func resumeAccepting() {
    guard let listener, !isAccepting, !isDraining else { return }
    poller.add(listener.descriptor, EPOLLIN.rawValue, token: EventLoop.listenerToken)
    isAccepting = true
  }

  /// Closes connections that have been idle the longest, and at least a second. Returns how many.
  private func evictIdle(_ count: Int) -> Int {
    let list = deadlines[DeadlineKind.idle.rawValue]
    let youngest = now.advanced(by: list.duration - .seconds(1))
    var evicted = 0
    var descriptor = list.first
    while evicted < count, descriptor >= 0, let connection = connections[Int(descriptor)],
      connection.deadline <= youngest
    {
      descriptor = connection.next
      guard connection.isIdle else { continue }
      close(connection)
      evicted += 1
    }
    return evicted
  }

  // MARK: Draining

  private func drain(_ grace: Duration) {
    guard !isDraining else { return }
    if listener != nil {
      // Whoever has been let in by the kernel is answered.
      acceptConnections(atMost: Int(configuration.backlog))
      listener?.close()
      listener = nil
      // Behind the connections that they were given.
      for peer in shared.mailboxes where peer !== mailbox { peer.post(.drain(grace: grace)) }
    }
    isDraining = true
    drainEnd = now.advanced(by: grace)
    // The answers of those are out: they are not worth the whole grace.
    deadlines[DeadlineKind.linger.rawValue].duration = min(configuration.timeouts.linger, .milliseconds(500))
    for case let connection? in connections {
      if case .lingering = connection.phase { arm(connection, .linger) }
      closeIfIdle(connection)
    }
  }

  /// Closes a connection on which no request has begun, counting what the socket already holds.
  private func closeIfIdle(_ connection: Connection) {
    guard connection.isIdle else { return }
    connection.isReadable = true
    advance(connection)
    if connection.isIdle { close(connection) }
  }
}
