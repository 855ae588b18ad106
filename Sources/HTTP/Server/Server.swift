import CLinux
import Dispatch
import Locking

/// An HTTP/1.1 server: some event loops that own the connections, and a pool of workers for what takes its time.
public final class Server: Sendable {
  /// The pool that does the heavy work; jobs may share it.
  public let workers: WorkerPool
  private let configuration: ServerConfiguration
  private let handler: any Handler
  private let state = Locked(State())
  private let running = DispatchGroup()
  private let wasCut = Shared(false)

  private struct State {
    var mailboxes: [Mailbox] = []
    var wasStarted = false
  }

  /// A server that is not listening yet.
  public init(configuration: ServerConfiguration = ServerConfiguration(), handler: any Handler) {
    self.configuration = configuration
    self.handler = handler
    workers = WorkerPool(threads: configuration.workers, queueLength: configuration.queueLength)
  }

  deinit { shutdown(grace: .zero) }

  /// Listens. When this returns, connections are accepted.
  ///
  /// Raises the process' limit of open descriptors as far as it may.
  /// - Returns: the port, which matters when the configuration says 0.
  @discardableResult
  public func start() throws(ServerError) -> UInt16 {
    let isFirst = state.withLock { state in
      defer { state.wasStarted = true }
      return !state.wasStarted
    }
    guard isFirst else { throw .alreadyStarted }
    let descriptorLimit = Int(linux_raise_descriptor_limit())
    let listener = try Listener(host: configuration.host, port: configuration.port, backlog: configuration.backlog)
    var loops: [(mailbox: Mailbox, poller: Poller)] = []
    do throws(SystemError) {
      for _ in 0..<max(1, configuration.loops) { loops.append((try Mailbox(), try Poller())) }
    } catch { throw .noResources(error) }
    let shared = SharedState(
      configuration: configuration, handler: handler, pool: workers, mailboxes: loops.map(\.mailbox),
      descriptorLimit: descriptorLimit)
    for (number, loop) in loops.enumerated() {
      running.enter()
      Thread.start("loop \(number)") { [running, wasCut] in
        // The first loop accepts for all of them.
        let loop = EventLoop(
          shared: shared, mailbox: loop.mailbox, poller: loop.poller, listener: number == 0 ? listener : nil)
        if !loop.run() { wasCut.value.withLock { $0 = true } }
        running.leave()
      }
    }
    state.withLock { $0.mailboxes = shared.mailboxes }
    return listener.port
  }

  /// Runs a light closure on a loop of the server after some time. No thread waits meanwhile. A server that is shut down
  /// runs nothing any more.
  public func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.mailboxes.first }?.post(.run(after: delay, action))
  }

  /// Stops listening, closes idle connections, lets begun exchanges end, and waits for that. Not to be called from a
  /// handler.
  ///
  /// - Parameter grace: how long they may take before they are cut.
  /// - Returns: whether all of them could end.
  @discardableResult
  public func shutdown(grace: Duration) -> Bool {
    let accepting = state.withLock { state in
      state.wasStarted = true
      return state.mailboxes.first
    }
    // The loop that accepts tells the others when it has accepted the last connection.
    accepting?.post(.drain(grace: grace))
    running.wait()
    workers.stop()
    return !wasCut.value.withLock { $0 }
  }
}
