import Synchronization

/// What all loops of a server know.
final class SharedState: Sendable {
  let configuration: ServerConfiguration
  let handler: any Handler
  let pool: WorkerPool
  let mailboxes: [Mailbox]
  private let maximumConnections: Int
  private let connections = Atomic(0)
  private let bodies = Atomic(0)

  init(
    configuration: ServerConfiguration, handler: any Handler, pool: WorkerPool, mailboxes: [Mailbox],
    descriptorLimit: Int
  ) {
    self.configuration = configuration
    self.handler = handler
    self.pool = pool
    self.mailboxes = mailboxes
    // Rasters, databases and files of answers need descriptors too.
    let reserve = min(512, descriptorLimit / 4)
    maximumConnections = max(1, configuration.maximumConnections ?? descriptorLimit - reserve)
  }

  /// The connections that are open.
  var connectionCount: Int { connections.load(ordering: .relaxed) }

  var mayAccept: Bool { connectionCount < maximumConnections }

  func connectionOpened() { connections.add(1, ordering: .relaxed) }

  func connectionClosed() { connections.subtract(1, ordering: .relaxed) }

  /// Counts the bytes of the bodies that are held. Returns their sum.
  @discardableResult
  func bodiesGrow(by count: Int) -> Int { bodies.add(count, ordering: .relaxed).newValue }
}
