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
    /// A job: begun when nothing interactive waits, and never on the last free thread if there are several. Not
    /// counted against the queue's length.
    case background
  }

  /// The processors that this process may use.
  public static var coreCount: Int { Int(linux_core_count()) }

  private typealias Work = @Sendable () -> Void

  private struct Queue {
    var interactive = FIFO<Work>()
    var background = FIFO<Work>()
    var runningInBackground = 0
    let mayRunInBackground: Int
    var isStopped = false

    /// The next piece that may be done now.
    mutating func next() -> (work: Work, priority: Priority)? {
      if let work = interactive.popFirst() { return (work, .interactive) }
      guard runningInBackground < mayRunInBackground, let work = background.popFirst() else { return nil }
      runningInBackground += 1
      return (work, .background)
    }
  }

  private let shared: Members
  private let queueLength: Int

  /// - Parameters:
  ///   - threads: how many pieces are done at once, at least 1.
  ///   - queueLength: how many interactive pieces may wait.
  public init(threads: Int, queueLength: Int) {
    self.queueLength = queueLength
    shared = Members(mayRunInBackground: max(1, threads - 1))
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
  private final class Members: Sendable {
    let queue: Mutex<Queue>
    let available = DispatchSemaphore(value: 0)

    init(mayRunInBackground: Int) { queue = Mutex(Queue(mayRunInBackground: mayRunInBackground)) }

    func run() {
      while true {
        available.wait()
        let (next, isStopped) = queue.withLock { ($0.next(), $0.isStopped) }
        next?.work()
        if next?.priority == .background { endBackground() }
        if isStopped {
          // Wakes the next of the threads.
          available.signal()
          return
        }
      }
    }

    /// A signal that found the background full has been used up: it is given again when there is room.
    private func endBackground() {
      let isWaiting = queue.withLock {
        $0.runningInBackground -= 1
        return $0.background.count > 0
      }
      if isWaiting { available.signal() }
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
