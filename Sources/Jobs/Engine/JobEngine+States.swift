import Dispatch

/// What is done once the lock is let go.
struct JobEffects {
  private(set) var actions: [@Sendable () -> Void] = []

  mutating func add(_ action: @escaping @Sendable () -> Void) { actions.append(action) }
  mutating func notify(_ waiters: [@Sendable () -> Void]) { actions += waiters }
}

extension ActiveJob {
  /// Those who wait; they are not called twice.
  mutating func takeWaiters() -> [@Sendable () -> Void] {
    defer { waiters = [:] }
    return Array(waiters.values)
  }
}

/// The state machine: what lets a job go from one state to the next one.
extension JobEngine {
  /// Changes the state under the lock, then does what follows from it.
  @discardableResult
  func change<T: Sendable>(_ body: (inout State, inout JobEffects) -> T) -> T {
    let (result, effects) = state.withLock { state in
      var effects = JobEffects()
      let result = body(&state, &effects)
      return (result, effects.actions)
    }
    for action in effects { action() }
    return result
  }

  /// Lets a job go as far as it can.
  func settle(_ key: Job.Key, _ state: inout State, _ effects: inout JobEffects) {
    while let status = state.active[key]?.job.status, step(key, &state, &effects) {
      guard state.active[key]?.job.status != status else { break }
      effects.notify(state.active[key]?.takeWaiters() ?? [])
    }
    guard let active = state.active[key], !active.hasTimer, let wait = active.wait else { return }
    state.active[key]?.hasTimer = true
    effects.add { [weak self, timers] in
      timers.asyncAfter(deadline: .now() + .milliseconds(max(1, wait))) { [weak self] in self?.look(after: key) }
    }
  }

  /// Lets all jobs go as far as they can, those that came first before the others.
  func settleAll(_ state: inout State, _ effects: inout JobEffects) {
    for (key, job) in state.unsaved where save(job) { state.unsaved[key] = nil }
    for key in state.order { settle(key, &state, &effects) }
  }

  private func look(after key: Job.Key) {
    change { state, effects in
      state.active[key]?.hasTimer = false
      settle(key, &state, &effects)
    }
  }

  /// One step, if the job can take it.
  private func step(_ key: Job.Key, _ state: inout State, _ effects: inout JobEffects) -> Bool {
    guard let active = state.active[key] else { return false }
    switch active.job.status {
    case .submitted:
      guard active.isFree, state.executor != nil else { return false }
      if active.policy.waiting > 0 || !hasRoom(for: key, state) {
        state.active[key]?.move(to: .waiting)
        save(state.active[key]?.job)
      } else {
        execute(key, &state, &effects)
      }
      return true
    case .waiting:
      guard active.isFree, hasRoom(for: key, state) else { return false }
      execute(key, &state, &effects)
      return true
    case .executing:
      guard active.isFree else { return false }
      switch (active.policy.outcome, active.work) {
      case (.failed(let message), _): end(key, .failed, [JobMessage(.error, message)], &state, &effects)
      case (.timedOut, _): end(key, .timedOut, [], &state, &effects)
      case (.natural, .ended(.success(let results))):
        state.active[key]?.job.results = results
        end(key, .succeeded, [], &state, &effects)
      case (.natural, .ended(.failure(let failure))):
        end(key, .failed, failure.messages.map { JobMessage(.error, $0) }, &state, &effects)
      case (.natural, _): return false
      }
      return true
    case .cancelling:
      guard active.runningContext == nil else { return false }
      end(key, .cancelled, [], &state, &effects)
      return true
    case .new, .succeeded, .failed, .timedOut, .cancelled, .deleting, .deleted:
      return false
    }
  }

  private func hasRoom(for key: Job.Key, _ state: State) -> Bool {
    state.executor != nil && state.running < concurrency && !state.isStopped && !state.lingering.contains(key)
  }

  private func execute(_ key: Job.Key, _ state: inout State, _ effects: inout JobEffects) {
    guard var active = state.active[key], let executor = state.executor else { return }
    let now = active.world.clock.now
    active.move(to: .executing)
    active.job.started = now
    active.job.progress = JobProgress("Executing...")
    active.job.messages =
      active.job.messages + [.informative("Executing..."), .informative("Start Time: \(JobTime.text(now))")]
    save(active.job)
    // A job that ends as the test says need not do anything.
    if active.policy.outcome == .natural {
      let context = JobContext(job: active.job, world: active.world) { [weak self] in self?.take($0, $1) }
      active.work = .running(context)
      state.running += 1
      let task = active.task
      // Where there is no thread any more the server stops, and the next process begins the job anew.
      effects.add { [self] in _ = executor { [self] in work(on: context, task) } }
    }
    state.active[key] = active
  }

  private func work(on context: JobContext, _ task: JobTask) {
    let mayBegin = state.withLock { state in
      if !state.isStopped { works.enter() }
      return !state.isStopped
    }
    guard mayBegin else { return }
    finish(context.job.key, context, outcome(of: task, context))
    works.leave()
  }

  private func outcome(of task: JobTask, _ context: JobContext) -> Result<[JobValue], JobFailure> {
    do {
      if context.isCancelled { throw JobFailure() }
      return .success(try task.run(context))
    } catch let failure as JobFailure {
      return .failure(failure)
    } catch {
      logger.error("job \(context.job.key.id): \(error)")
      return .failure(JobFailure("ERROR 999999: \(error)"))
    }
  }

  private func finish(_ key: Job.Key, _ context: JobContext, _ result: Result<[JobValue], JobFailure>) {
    // Before anyone can see that the job has ended, and outside the lock.
    let hasMade = (try? result.get()) != nil && !context.isCancelled
    if !hasMade { discard(context.job) }
    change { state, effects in
      state.running -= 1
      if state.active[key]?.runningContext === context, !state.isStopped {
        state.active[key]?.work = .ended(result)
        effects.notify(state.active[key]?.takeWaiters() ?? [])
      } else if hasMade {
        discard(context.job)
      }
      state.lingering.remove(key)
      // Jobs that a stop has interrupted stay as their rows say, for the next process.
      if !state.isStopped { settleAll(&state, &effects) }
    }
  }

  /// Ends a job, if it is on its way.
  func end(
    _ key: Job.Key, _ status: JobStatus, _ messages: [JobMessage], _ state: inout State, _ effects: inout JobEffects
  ) {
    guard var active = state.active[key], active.job.status.successors.contains(status) else { return }
    let now = active.world.clock.now
    active.move(to: status)
    active.job.ended = now
    active.job.progress = nil
    if status != .succeeded { active.job.results = [] }
    active.job.messages = active.job.messages + messages + active.closingMessages(now: now)
    if !save(active.job) { state.unsaved[key] = active.job }
    if let running = active.runningContext {
      running.stop()
      state.lingering.insert(key)
    } else if status != .succeeded {
      effects.add { [self, job = active.job] in discard(job) }
    }
    state.active[key] = nil
    state.order.removeAll { $0 == key }
    effects.notify(active.takeWaiters())
  }

  /// Takes a job from those that are on their way, as if it had never been. Its work ends soon.
  func forget(_ key: Job.Key, _ state: inout State, _ effects: inout JobEffects) {
    guard var active = state.active.removeValue(forKey: key) else { return }
    state.order.removeAll { $0 == key }
    if let running = active.runningContext {
      running.stop()
      state.lingering.insert(key)
    }
    effects.notify(active.takeWaiters())
  }

  private func take(_ context: JobContext, _ report: JobContext.Report) {
    let key = context.job.key
    state.withLock { state in
      guard state.active[key]?.job.status == .executing, state.active[key]?.runningContext === context else { return }
      switch report {
      case .progress(let progress): state.active[key]?.job.progress = progress
      case .message(let message):
        guard let known = state.active[key]?.job.messages, known.count < 1000 else { return }
        // Another array, here as elsewhere: whoever was told of the job may have read the old one until now, and that it has
        // let go of it is more than the thread sanitizer can see.
        state.active[key]?.job.messages = known + [message]
        save(state.active[key]?.job)
      }
    }
  }

  /// Writes what has changed of a job.
  /// - Returns: whether it is written.
  @discardableResult
  func save(_ job: Job?) -> Bool {
    guard let job else { return true }
    return record("writing job \(job.key.id)") { () throws(JobError) in try store.update(job) }
  }

  /// Does what only the database can refuse. Jobs on their way go on all the same.
  @discardableResult
  func record(_ what: String, _ body: () throws(JobError) -> Void) -> Bool {
    do throws(JobError) {
      try body()
      return true
    } catch {
      logger.error("\(what) failed: \(error)")
      return false
    }
  }
}

extension ActiveJob {
  /// The last lines of the log.
  fileprivate func closingMessages(now: Int) -> [JobMessage] {
    let elapsed = "\(JobTime.text(now)) \(JobTime.elapsed(from: job.started ?? now, to: now))"
    switch job.status {
    case .succeeded: return [.informative("Succeeded at \(elapsed)")]
    case .failed:
      return [
        JobMessage(.error, "Failed to execute (\(task.title))."), JobMessage(.error, "Failed at \(elapsed)"),
        JobMessage(.error, "Failed."),
      ]
    case .timedOut: return [JobMessage(.error, "Timed out at \(elapsed)")]
    case .cancelled: return [.informative("Cancel complete.")]
    default: return []
    }
  }
}
