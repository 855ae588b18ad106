import CLinux

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

  private enum Order: Sendable {
    case work(Work, Priority)
    case stop
  }

  private struct Queue: Sendable {
    var interactive = FIFO<Work>()
    var background = FIFO<Work>()
    var runningInBackground = 0
    let mayRunInBackground: Int
    var isStopped = false

    /// What a free thread is to do now; nil when it has to wait.
    mutating func next() -> Order? {
      if isStopped { return .stop }
      if let work = interactive.popFirst() { return .work(work, .interactive) }
      guard runningInBackground < mayRunInBackground, let work = background.popFirst() else { return nil }
      runningInBackground += 1
      return .work(work, .background)
    }
  }

  // The threads hold the queue and not the pool: they must not keep it alive.
  private let queue: Monitor<Queue>
  private let queueLength: Int

  /// - Parameters:
  ///   - threads: how many pieces are done at once, at least 1.
  ///   - queueLength: how many interactive pieces may wait.
  public init(threads: Int, queueLength: Int) {
    self.queueLength = queueLength
    queue = Monitor(Queue(mayRunInBackground: max(1, threads - 1)))
    for number in 0..<max(1, threads) {
      Thread.start("worker \(number)") { [queue] in WorkerPool.run(queue) }
    }
  }

  deinit { stop() }

  /// Hands in a piece of work. False when the queue is full or the pool was stopped.
  public func submit(_ priority: Priority = .interactive, _ work: @escaping @Sendable () -> Void) -> Bool {
    queue.update { queue in
      guard !queue.isStopped else { return false }
      switch priority {
      case .interactive:
        guard queue.interactive.count < queueLength else { return false }
        queue.interactive.append(work)
      case .background: queue.background.append(work)
      }
      return true
    }
  }

  /// Drops what waits and ends the threads as their present work is done.
  public func stop() {
    queue.updateForAll {
      $0.interactive = FIFO()
      $0.background = FIFO()
      $0.isStopped = true
    }
  }

  private static func run(_ queue: Monitor<Queue>) {
    while case .work(let work, let priority) = queue.wait({ $0.next() }) {
      work()
      if priority == .background { queue.update { $0.runningInBackground -= 1 } }
    }
  }
}
