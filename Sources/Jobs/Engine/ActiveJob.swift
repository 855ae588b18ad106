import Worlds

/// A job on its way, with all that decides when it goes on.
struct ActiveJob {
  /// What clients see.
  var job: Job
  /// How it goes through its states.
  let policy: JobPolicy
  /// What it does.
  let task: JobTask
  /// Whose clock counts.
  let world: World
  /// The work, where it has begun.
  var work = Work.notBegun
  /// Held where it is until it is told to go on.
  var isStalled = false
  /// Called once at the next change of state, or when the work has ended; by their numbers.
  var waiters: [Int: @Sendable () -> Void] = [:]
  /// Whether a timer will look after it.
  var hasTimer = false
  /// When it came into its state, by the world's clock.
  private var entered: Int
  /// How often a client was told the state.
  private var polls = 0
  /// Steps that the control API has granted and nobody has used.
  private var steps = 0

  /// How far the work is.
  enum Work {
    case notBegun
    case running(JobContext)
    case ended(Result<[JobValue], JobFailure>)
  }

  init(job: Job, policy: JobPolicy, task: JobTask, world: World) {
    self.job = job
    self.policy = policy
    self.task = task
    self.world = world
    entered = world.clock.now
  }

  /// The context of work that is going on.
  var runningContext: JobContext? { if case .running(let context) = work { context } else { nil } }

  /// Whether nothing but the work, or the jobs before this one, hold it in its state.
  var isFree: Bool {
    guard !isStalled else { return false }
    guard steps == 0 else { return true }
    switch policy.progression {
    case .immediate: return true
    case .manual: return job.status == .waiting && policy.waiting == 0
    case .polls: return Double(polls) >= length
    case .seconds: return remaining <= 0
    }
  }

  /// Whether who asks for the status is to wait until the work has gone on: so that what a client sees does not hang on
  /// how quick the work is.
  var keepsClientsWaiting: Bool { isFree && !job.status.isFinal && (policy.progression != .seconds || steps > 0) }

  /// Milliseconds of the world's clock until the state has lasted as long as the policy says; `nil` where time is not what counts.
  var wait: Int? {
    guard policy.progression == .seconds, !isStalled, steps == 0, remaining > 0 else { return nil }
    return Int(remaining.rounded(.up))
  }

  private var remaining: Double { length * 1000 - Double(world.clock.now - entered) }

  /// How long the state lasts by the policy.
  private var length: Double {
    switch job.status {
    case .submitted: policy.submitted
    case .waiting: policy.waiting
    case .executing: policy.executing
    default: 0
    }
  }

  /// Goes over into another state.
  mutating func move(to status: JobStatus) {
    guard job.status.successors.contains(status) else { return }
    job.status = status
    entered = world.clock.now
    polls = 0
    if steps > 0 { steps -= 1 }
  }

  /// A client has been told the state.
  mutating func countPoll() { polls += 1 }

  /// May go on into the next state whatever its policy says.
  mutating func grantStep() {
    isStalled = false
    steps += 1
  }

  /// A client has to see that the job was accepted; a restarted one begins like this again.
  mutating func beginAnew() {
    if job.status.successors.contains(.submitted) { job.status = .submitted }
    job.started = nil
    job.messages = [.informative("Submitted.")]
    entered = world.clock.now
  }
}
