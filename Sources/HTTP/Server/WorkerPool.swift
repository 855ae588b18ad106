import CLinux
import Dispatch
import Synchronization

/// A fixed number of threads for work that takes its time, with a bounded queue.
///
/// The threads are its own and live as long as it does, so what they cache by thread stays warm.
public final class WorkerPool: Sendable {
  /// Which of the waiting pieces is done first.
  public enum Priority: Sendable {
    /// Someone waits for the answer.
    case interactive
    /// A job: done when nothing interactive waits. Not counted against the queue's length.
    case background
  }

  /// The processors that this process may use.
  public static var coreCount: Int { Int(linux_core_count()) }

  private typealias Work = @Sendable () -> Void

  private struct Queue {
    var interactive = FIFO<Work>()
    var background = FIFO<Work>()
    var isStopped = false
  }

  private let shared: Shared
  private let queueLength: Int

  /// - Parameters:
  ///   - threads: how many pieces are done at once, at least 1.
  ///   - queueLength: how many interactive pieces may wait.
  public init(threads: Int, queueLength: Int) {
    self.queueLength = queueLength
    shared = Shared()
    for number in 0..<max(1, threads) {
      Thread.start("worker \(number)") { [shared] in shared.run() }
    }
  }

  deinit { stop() }

  /// Hands in a piece of work. False when the queue is full or the pool was stopped.
  public func submit(_ priority: Priority = .interactive, _ work: @escaping @Sendable () -> Void) -> Bool {
    let accepted = shared.queue.withLock { queue in
      guard !queue.isStopped else { return false }
      switch priority {
      case .interactive:
        guard queue.interactive.count < queueLength else { return false }
        queue.interactive.append(work)
      case .background: queue.background.append(work)
      }
      return true
    }
    if accepted { shared.available.signal() }
    return accepted
  }

  /// Drops what waits and ends the threads as their present work is done.
  public func stop() { shared.stop() }

  /// What the threads hold: they must not keep the pool itself alive.
  private final class Shared: Sendable {
    let queue = Mutex(Queue())
    let available = DispatchSemaphore(value: 0)

    func run() {
      while true {
        available.wait()
        let (work, isStopped) = queue.withLock { ($0.interactive.popFirst() ?? $0.background.popFirst(), $0.isStopped) }
        work?()
        if isStopped {
          // Wakes the next of the threads.
          available.signal()
          return
        }
      }
    }

    func stop() {
      queue.withLock {
        $0.interactive = FIFO()
        $0.background = FIFO()
        $0.isStopped = true
      }
      available.signal()
    }
  }
}
