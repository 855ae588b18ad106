import Dispatch
import JSONValue
import Locking
import Logging
import Worlds

/// Takes jobs on, lets them go through their states in the order of their arrival, and knows them afterwards.
///
/// Every change is a row in the database before anyone can see it. Safe to use from many threads.
public final class JobEngine: Sendable {
  /// How many jobs may be on their way at once, all worlds together.
  public static let mostUnfinished = 10_000
  /// How many of them one world may have.
  public static let mostUnfinishedOfWorld = 1000
  /// How many ended jobs of a world are known; the oldest ones go first.
  public static let mostFinished = 10_000
  /// How long an ended job and its results are there, in milliseconds of its world's clock: six hours, as on a real server.
  public static let lifetime = 6 * 3_600_000

  /// Runs a piece of work on a thread behind all that clients wait for. False when there is no such thread any more.
  public typealias Executor = @Sendable (_ work: @escaping @Sendable () -> Void) -> Bool

  let store: JobStore
  let logger: Logger
  let concurrency: Int
  let timers = DispatchQueue(label: "jobs")
  let works = DispatchGroup()
  let state = Locked(State())
  private let tasks: [String: JobTask]
  private let discardFiles: @Sendable (Job.Key, _ service: String) -> Void

  /// What the lock guards.
  struct State {
    var active: [Job.Key: ActiveJob] = [:]
    /// The keys of the active jobs in the order of their arrival.
    var order: [Job.Key] = []
    /// Works that are going on, those of jobs that have ended meanwhile among them.
    var running = 0
    /// The keys of jobs that are gone while their work is not: a world that was reset makes them again.
    var lingering: Set<Job.Key> = []
    /// Ended jobs whose rows could not be written yet.
    var unsaved: [Job.Key: Job] = [:]
    /// How many waiters there were, from which their numbers follow.
    var waiters = 0
    var policies: [String: JobPolicies] = [:]
    var executor: Executor?
    var submissions = 0
    var isStopped = false
  }

  /// An engine over a database.
  /// - Parameters:
  ///   - tasks: what jobs can do.
  ///   - concurrency: how many works go on at once.
  ///   - discardFiles: removes what a job has written, if it has.
  public init(
    store: JobStore, tasks: [JobTask], concurrency: Int, logger: Logger,
    discardFiles: @escaping @Sendable (_ job: Job.Key, _ service: String) -> Void
  ) {
    self.store = store
    self.tasks = Dictionary(tasks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.concurrency = max(1, concurrency)
    self.logger = logger
    self.discardFiles = discardFiles
  }

  // MARK: Life

  /// Begins to work, first with what an earlier process left undone: its jobs begin anew.
  /// - Parameter world: the world whose jobs outlive a process; those of others are forgotten.
  public func start(world: World, on executor: @escaping Executor) {
    do throws(JobError) {
      try store.removeAll(exceptWorld: world.id)
      for stored in try store.unfinished() { take(stored, world: world) }
    } catch {
      logger.error("jobs of an earlier run are lost: \(error)")
    }
    change { state, effects in
      state.executor = executor
      settleAll(&state, &effects)
    }
  }

  /// Stops; returns when no work goes on any more. What is undone is begun anew by the next process.
  public func stop() {
    change { state, effects in
      state.isStopped = true
      for key in state.order {
        state.active[key]?.runningContext?.stop()
        effects.notify(state.active[key]?.takeWaiters() ?? [])
      }
    }
    works.wait()
  }

  /// Forgets all jobs and policies of a world.
  public func removeAll(of world: World) {
    change { state, effects in
      for key in state.order where key.world == world.id {
        forget(key, &state, &effects)
      }
      state.policies[world.id] = nil
      state.unsaved = state.unsaved.filter { $0.key.world != world.id }
      record("forgetting the jobs of \(world.id)") { () throws(JobError) in try store.removeAll(ofWorld: world.id) }
    }
  }

  // MARK: Jobs

  /// Takes a job on.
  /// - Parameters:
  ///   - task: the name of what it does.
  ///   - service: the service that it belongs to.
  ///   - origin: what addresses of this server begin with for the client.
  ///   - inputs: what it is given.
  ///   - identifier: makes an identifier for it; called again where there is a job of that name already.
  /// - Returns: the job as it is submitted.
  /// - Throws: `JobError`.
  public func submit(
    _ task: String, service: String, origin: String = "", inputs: [JobValue], world: World,
    identifier: @Sendable (Identifiers) -> String = { "j\($0.hexadecimal(32))" }
  ) throws(JobError) -> Job {
    guard let task = tasks[task] else { throw .storage("there is no task \(task)") }
    sweepNowAndThen(world)
    let made: Result<Job, JobError> = change { state, effects in
      guard !world.isGone else { return .failure(.worldIsGone) }
      let most = Self.mostUnfinishedOfWorld
      guard state.active.count < Self.mostUnfinished, state.order.count(where: { $0.world == world.id }) < most else {
        return .failure(.tooMany(most))
      }
      do throws(JobError) {
        var key: Job.Key
        // After a restart the world makes the same identifiers once more.
        repeat {
          key = Job.Key(world: world.id, id: identifier(world.identifiers))
        } while try store.contains(key)
        var job = Job(
          key: key, task: task.name, service: service, origin: origin, status: .submitted, inputs: inputs,
          submitted: world.clock.now)
        job.messages = [.informative("Submitted.")]
        let policy = state.policies[world.id, default: JobPolicies()].take(task: task.name, service: service)
        try store.insert(job, policy: policy)
        state.active[key] = ActiveJob(job: job, policy: policy, task: task, world: world)
        state.order.append(key)
        settle(key, &state, &effects)
        return .success(job)
      } catch {
        return .failure(error)
      }
    }
    return try made.get()
  }

  /// The job as a client sees it that asks for its status, which is what policies count.
  /// - Returns: `nil` for a job that is not there, or not any more.
  public func poll(_ key: Job.Key, in world: World) throws(JobError) -> Job? {
    let active = change { state, effects in
      settle(key, &state, &effects)
      state.active[key]?.countPoll()
      return state.active[key]?.job
    }
    if let active { return active }
    return try job(key, in: world)
  }

  /// The job, without counting as a question for its status.
  public func job(_ key: Job.Key, in world: World) throws(JobError) -> Job? {
    if let known = state.withLock({ $0.active[key]?.job ?? $0.unsaved[key] }) { return known }
    guard let job = try store.job(key) else { return nil }
    guard let ended = job.ended, ended + Self.lifetime <= world.clock.now else { return job }
    try remove(job)
    return nil
  }

  /// The latest jobs of a world, in the order of their arrival.
  public func jobs(of world: World, limit: Int = 1000) throws(JobError) -> [Job] {
    let stored = try store.jobs(ofWorld: world.id, limit: limit)
    return state.withLock { state in stored.map { state.active[$0.key]?.job ?? $0 } }
  }

  /// Calls `body` when who asks for the status of a job need not wait for its work, mostly soon; after a minute in any case.
  /// On a queue of the engine's own: asking it may take as long as the database does.
  public func whenReady(_ key: Job.Key, _ body: @escaping @Sendable () -> Void) {
    wait(for: key, until: .now() + .seconds(60), body)
  }

  private func wait(for key: Job.Key, until deadline: DispatchTime, _ body: @escaping @Sendable () -> Void) {
    timers.async { [self] in
      let waiter: Int? = change { state, effects in
        settle(key, &state, &effects)
        guard state.active[key]?.keepsClientsWaiting == true, !state.isStopped, .now() < deadline else { return nil }
        state.waiters += 1
        state.active[key]?.waiters[state.waiters] = { [weak self] in
          if let self { wait(for: key, until: deadline, body) } else { body() }
        }
        return state.waiters
      }
      guard let waiter else { return body() }
      timers.asyncAfter(deadline: deadline) { [weak self] in
        let late = self?.state.withLock { $0.active[key]?.waiters.removeValue(forKey: waiter) }
        late?()
      }
    }
  }

  /// Cancels a job. One that has ended stays as it is; work that is going on ends soon.
  /// - Returns: the job as it is then; `nil` when there is none.
  public func cancel(_ key: Job.Key, in world: World) throws(JobError) -> Job? {
    let active: Job? = change { state, effects in
      guard state.active[key] != nil else { return nil }
      state.active[key]?.runningContext?.stop()
      state.active[key]?.move(to: .cancelling)
      state.active[key]?.job.progress = nil
      save(state.active[key]?.job)
      let job = state.active[key]?.job
      effects.notify(state.active[key]?.takeWaiters() ?? [])
      settle(key, &state, &effects)
      return job
    }
    if let active { return active }
    return try job(key, in: world)
  }

  /// Removes a job with all that it has made.
  /// - Returns: the job as it was; `nil` when there is none.
  public func delete(_ key: Job.Key, in world: World) throws(JobError) -> Job? {
    guard let job = try job(key, in: world) else { return nil }
    change { state, effects in
      forget(key, &state, &effects)
      state.unsaved[key] = nil
    }
    try remove(job)
    return job
  }

  // MARK: Control

  /// The policies of a world.
  public func policies(of world: World) -> JobPolicies {
    state.withLock { $0.policies[world.id] ?? JobPolicies() }
  }

  /// Sets a policy of a world; `nil` takes it away. Jobs on their way keep theirs.
  public func set(_ policy: JobPolicy?, for scope: JobPolicies.Scope, of world: World) {
    state.withLock { $0.policies[world.id, default: JobPolicies()].set(policy, for: scope) }
  }

  /// Takes all policies of a world away.
  public func removePolicies(of world: World) { state.withLock { $0.policies[world.id] = nil } }

  /// Lets a job go on into its next state, whatever holds it.
  public func advance(_ key: Job.Key) {
    change { state, effects in
      state.active[key]?.grantStep()
      settle(key, &state, &effects)
    }
  }

  /// Holds a job in its state until it is told to go on.
  public func stall(_ key: Job.Key) {
    change { state, effects in
      state.active[key]?.isStalled = true
      effects.notify(state.active[key]?.takeWaiters() ?? [])
    }
  }

  /// Lets a job fail.
  public func fail(_ key: Job.Key, message: String) {
    change { state, effects in end(key, .failed, [JobMessage(.error, message)], &state, &effects) }
  }

  /// Lets the time of a job be over: one on its way times out, one that has ended is gone with its results.
  public func expire(_ key: Job.Key, in world: World) throws(JobError) {
    let wasActive = change { state, effects in
      let isActive = state.active[key] != nil
      end(key, .timedOut, [], &state, &effects)
      return isActive
    }
    if !wasActive, let job = try job(key, in: world) { try remove(job) }
  }

  // MARK: Parts

  private func take(_ stored: JobStore.Stored, world: World) {
    discardFiles(stored.job.key, stored.job.service)
    change { state, effects in
      guard let task = tasks[stored.job.task] else {
        var job = stored.job
        job.status = .failed
        job.ended = world.clock.now
        job.messages.append(JobMessage(.error, "This server has no task \(job.task)."))
        save(job)
        return
      }
      var active = ActiveJob(job: stored.job, policy: stored.policy, task: task, world: world)
      if stored.job.status != .cancelling { active.beginAnew() }
      save(active.job)
      state.active[active.job.key] = active
      state.order.append(active.job.key)
      settle(active.job.key, &state, &effects)
    }
  }

  private func remove(_ job: Job) throws(JobError) {
    // The files first: what a kill between the two leaves is found again by its row.
    discardFiles(job.key, job.service)
    try store.remove(job.key)
  }

  /// Ended jobs whose time is over go when new ones come, every 64th time.
  private func sweepNowAndThen(_ world: World) {
    let isDue = state.withLock { state in
      state.submissions += 1
      return state.submissions % 64 == 0
    }
    guard isDue else { return }
    record("sweeping") { () throws(JobError) in
      let keys = try store.outdated(
        inWorld: world.id, endedBy: world.clock.now - Self.lifetime, most: Self.mostFinished)
      for key in keys { if let job = try store.job(key) { try remove(job) } }
    }
  }

  func discard(_ job: Job) { discardFiles(job.key, job.service) }
}
