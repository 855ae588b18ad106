import JSONValue
import Synchronization
import Worlds

/// What the work of a job knows of it, and what it can tell while it goes on.
public final class JobContext: Sendable {
  /// The job as it began.
  public let job: Job
  /// Whose clock and identifiers count.
  public let world: World
  private let stopped = Atomic(false)
  private let tell: @Sendable (JobContext, Report) -> Void

  /// What the work tells.
  enum Report: Sendable {
    case progress(JobProgress)
    case message(JobMessage)
  }

  init(job: Job, world: World, tell: @escaping @Sendable (JobContext, Report) -> Void) {
    self.job = job
    self.world = world
    self.tell = tell
  }

  /// Whether the work is no longer wanted: to be asked between units of work of at most 100 ms.
  public var isCancelled: Bool { stopped.load(ordering: .relaxed) }

  /// The value of an input; `nil` when it was not given.
  public func input(_ name: String) -> JSON? { job.inputs.first { $0.name == name }?.value }

  /// Tells how far the work has come.
  public func report(_ progress: JobProgress) { tell(self, .progress(progress)) }

  /// Adds a line to the job's log. Lines past the thousandth are dropped.
  public func add(_ message: JobMessage) { tell(self, .message(message)) }

  func stop() { stopped.store(true, ordering: .relaxed) }
}
