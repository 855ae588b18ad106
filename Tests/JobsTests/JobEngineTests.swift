import Dispatch
import Foundation
import JSONValue
import Testing
import Worlds

@testable import Jobs

@Suite("Jobs go through their states")
struct JobEngineTests {
  @Test("counted in polls, each state is told as often as the policy says, whatever the work takes")
  func polls() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.polls, submitted: 1, waiting: 1, executing: 2))
    let job = try workshop.submit("Echo", "hello")
    #expect(job.status == .submitted)
    #expect(
      try workshop.states(job, count: 6) == [.submitted, .waiting, .executing, .executing, .succeeded, .succeeded])
    let done = try #require(try workshop.engine.job(job.key, in: workshop.world))
    #expect(done.results == [JobValue("out", dataType: "GPString", "hello")])
    #expect(done.messages.map(\.text).prefix(2) == ["Submitted.", "Executing..."])
    #expect(done.messages[2].text.hasPrefix("Start Time: "))
    #expect(done.messages[3].text.hasPrefix("Succeeded at "))
    #expect(done.messages.allSatisfy { $0.kind == .informative })
  }

  @Test("an immediate job has succeeded when its status is asked for the first time")
  func immediate() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate))
    let jobs = try (0..<20).map { try workshop.submit("Echo", "\($0)") }
    for job in jobs { #expect(try workshop.poll(job)?.status == .succeeded) }
  }

  @Test("in seconds of the world's clock, a job goes on without being asked")
  func seconds() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.seconds, submitted: 0.05, executing: 0.05))
    let job = try workshop.submit("Echo")
    #expect(try workshop.waits(for: .succeeded, of: job))
    let done = try #require(try workshop.engine.job(job.key, in: workshop.world))
    let (started, ended) = (try #require(done.started), try #require(done.ended))
    #expect(started - done.submitted >= 50 && ended - started >= 50)
  }

  @Test("a manual job takes a step only when it is told to")
  func manual() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.manual))
    let job = try workshop.submit("Echo")
    #expect(try workshop.states(job, count: 3) == [.submitted, .submitted, .submitted])
    workshop.engine.advance(job.key)
    #expect(try workshop.states(job, count: 3) == [.executing, .executing, .executing])
    workshop.engine.advance(job.key)
    #expect(try workshop.poll(job)?.status == .succeeded)
  }

  @Test("works begin in the order of arrival, so many at once, and a job that is held does not hold the others")
  func order() throws {
    let workshop = try Workshop(concurrency: 1)
    workshop.set(JobPolicy(.manual), for: .next(1))
    let held = try workshop.submit("Gate")
    workshop.set(JobPolicy(.immediate))
    let jobs = try (0..<5).map { _ in try workshop.submit("Gate") }
    #expect(try workshop.waits(for: .executing, of: jobs[0]))
    for job in jobs.dropFirst() {
      #expect(try workshop.engine.job(job.key, in: workshop.world)?.status == .waiting)
    }
    for _ in jobs { workshop.gate.signal() }
    #expect(try workshop.poll(jobs[4])?.status == .succeeded)
    #expect(workshop.begun.withLock { $0 } == jobs.map(\.key.id))
    #expect(try workshop.engine.job(held.key, in: workshop.world)?.status == .submitted)
  }

  @Test("a job in the middle of its work is cancelled, its files go, and the next one has its place")
  func cancel() throws {
    let workshop = try Workshop(concurrency: 1)
    workshop.set(JobPolicy(.immediate))
    let job = try workshop.submit("Gate")
    #expect(try workshop.waits(for: .executing, of: job))
    #expect(try workshop.engine.cancel(job.key, in: workshop.world)?.status == .cancelling)
    #expect(try workshop.poll(job)?.status == .cancelled)
    #expect(workshop.discarded.withLock { $0.contains(job.key.id) })
    let done = try #require(try workshop.engine.job(job.key, in: workshop.world))
    #expect(done.messages.last?.text == "Cancel complete.")
    let next = try workshop.submit("Echo")
    #expect(try workshop.poll(next)?.status == .succeeded)
    #expect(try workshop.engine.cancel(next.key, in: workshop.world)?.status == .succeeded, "an ended job stays")
  }

  @Test("a job that waits is cancelled before its work begins")
  func cancelWaiting() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.manual))
    let job = try workshop.submit("Echo")
    _ = try workshop.engine.cancel(job.key, in: workshop.world)
    #expect(try workshop.poll(job)?.status == .cancelled)
    #expect(workshop.begun.withLock { $0 }.isEmpty)
    let messages = try workshop.engine.job(job.key, in: workshop.world)?.messages.map(\.text)
    #expect(messages == ["Submitted.", "Cancel complete."])
  }

  @Test("a failure becomes messages of type error, the reason first")
  func failure() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate))
    let job = try #require(try workshop.poll(try workshop.submit("Fail")))
    #expect(job.status == .failed && job.results.isEmpty)
    let errors = job.messages.filter { $0.kind == .error }.map(\.text)
    #expect(errors.first == "ERROR 000732: no such thing" && errors.last == "Failed.")
    #expect(errors.contains("Failed to execute (Fail)."))
  }

  @Test("a policy lets a job fail or time out though its work would succeed")
  func outcomes() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate, outcome: .failed("as planned")), for: .next(1))
    let failed = try #require(try workshop.poll(try workshop.submit("Echo")))
    #expect(failed.status == .failed && failed.messages.contains(JobMessage(.error, "as planned")))
    workshop.set(JobPolicy(.polls, submitted: 0, executing: 1, outcome: .timedOut), for: .task("Service/GPServer/Echo"))
    #expect(try workshop.states(try workshop.submit("Echo"), count: 2) == [.executing, .timedOut])
    #expect(workshop.begun.withLock { $0 }.isEmpty)
  }

  @Test("the most special policy counts: next jobs, then task, service, world")
  func policies() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.manual))
    workshop.set(JobPolicy(.immediate, outcome: .failed("service")), for: .service("Service/GPServer"))
    workshop.set(JobPolicy(.immediate, outcome: .failed("task")), for: .task("Service/GPServer/Echo"))
    workshop.set(JobPolicy(.immediate, outcome: .failed("next")), for: .next(2))
    func reason() throws -> String? {
      try workshop.poll(try workshop.submit("Echo"))?.messages.first { $0.kind == .error }?.text
    }
    #expect(try [reason(), reason(), reason()] == ["next", "next", "task"])
    workshop.engine.set(nil, for: .task("Service/GPServer/Echo"), of: workshop.world)
    #expect(try reason() == "service")
    workshop.engine.set(nil, for: .service("Service/GPServer"), of: workshop.world)
    #expect(try workshop.poll(try workshop.submit("Echo"))?.status == .submitted)
  }

  @Test("control: a job fails, stalls and times out on command, and an ended one is gone with its results")
  func control() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.manual))
    let failing = try workshop.submit("Echo")
    workshop.engine.fail(failing.key, message: "on command")
    #expect(try workshop.poll(failing)?.messages.contains(JobMessage(.error, "on command")) == true)

    workshop.set(JobPolicy(.polls, submitted: 1, executing: 3))
    let stalled = try workshop.submit("Echo")
    #expect(try workshop.states(stalled, count: 2) == [.submitted, .executing])
    workshop.engine.stall(stalled.key)
    #expect(try workshop.states(stalled, count: 3) == [.executing, .executing, .executing])
    workshop.engine.advance(stalled.key)
    #expect(try workshop.poll(stalled)?.status == .succeeded)

    let late = try workshop.submit("Echo")
    try workshop.engine.expire(late.key, in: workshop.world)
    #expect(try workshop.poll(late)?.status == .timedOut)
    try workshop.engine.expire(late.key, in: workshop.world)
    #expect(try workshop.poll(late) == nil)
    #expect(workshop.discarded.withLock { $0.contains(late.key.id) })
  }

  @Test("a world that is reset makes the same job again, which waits for the work of the former one to end")
  func reset() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate))
    let first = try workshop.submit("Hold")
    while workshop.begun.withLock({ $0.isEmpty }) { usleep(1000) }
    workshop.world.reset()
    workshop.engine.removeAll(of: workshop.world)
    workshop.set(JobPolicy(.immediate))
    let second = try workshop.submit("Echo")
    #expect(second.key == first.key)
    #expect(try workshop.engine.job(second.key, in: workshop.world)?.status == .waiting)
    workshop.gate.signal()
    #expect(try workshop.poll(second)?.status == .succeeded)
    #expect(workshop.discarded.withLock { $0 } == [first.key.id], "before the second one began")
    #expect(workshop.begun.withLock { $0.count } == 2)
  }

  @Test("a world that was taken away takes no job on")
  func goneWorld() throws {
    let workshop = try Workshop()
    let worlds = WorldRegistry(settings: WorldSettings())
    let world = try worlds.create(id: "a", settings: WorldSettings())
    _ = worlds.remove("a")
    #expect(throws: JobError.worldIsGone) {
      try workshop.engine.submit("Service/GPServer/Echo", service: "Service/GPServer", inputs: [], world: world)
    }
  }

  @Test("a deleted job is not there any more, also in the middle of its work")
  func delete() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate))
    let job = try workshop.submit("Gate")
    #expect(try workshop.waits(for: .executing, of: job))
    #expect(try workshop.engine.delete(job.key, in: workshop.world)?.status == .executing)
    #expect(workshop.discarded.withLock { $0.contains(job.key.id) })
    #expect(try workshop.poll(job) == nil)
    #expect(try workshop.engine.delete(job.key, in: workshop.world) == nil)
  }

  @Test("six hours of the world's clock after its end a job is gone")
  func lifetime() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.immediate))
    let job = try #require(try workshop.poll(try workshop.submit("Echo")))
    let hours = { World(id: "default", settings: WorldSettings(start: workshop.world.clock.now + $0 * 3_600_000)) }
    #expect(try workshop.engine.job(job.key, in: hours(5))?.status == .succeeded)
    #expect(try workshop.engine.job(job.key, in: hours(7)) == nil)
    #expect(try workshop.engine.job(job.key, in: workshop.world) == nil)
  }

  @Test("no more than a bounded number of jobs is taken on")
  func bound() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.manual))
    for _ in 0..<JobEngine.mostUnfinishedOfWorld { _ = try workshop.submit("Echo") }
    #expect(throws: JobError.tooMany(JobEngine.mostUnfinishedOfWorld)) { _ = try workshop.submit("Echo") }
    workshop.engine.removeAll(of: workshop.world)
    #expect(try workshop.engine.jobs(of: workshop.world).isEmpty)
    _ = try workshop.submit("Echo")
  }

  @Test("many threads submit, ask, cancel and delete at once, and every job comes to its end")
  func threads() throws {
    let workshop = try Workshop()
    workshop.set(JobPolicy(.seconds, submitted: 0, executing: 0.001))
    let ended = DispatchQueue.concurrentMap(200) { number -> JobStatus? in
      guard let job = try? workshop.submit("Echo", "\(number)") else { return nil }
      if number % 5 == 0 { _ = try? workshop.engine.cancel(job.key, in: workshop.world) }
      if number % 7 == 0 { _ = try? workshop.engine.delete(job.key, in: workshop.world) }
      for _ in 0..<2000 {
        guard let now = try? workshop.poll(job) else { return .deleted }
        if now.status.isFinal { return now.status }
        usleep(1000)
      }
      return now(job, workshop)
    }
    #expect(ended.allSatisfy { $0 == .succeeded || $0 == .cancelled || $0 == .deleted }, "\(ended)")
  }

  private func now(_ job: Job, _ workshop: Workshop) -> JobStatus? {
    (try? workshop.engine.job(job.key, in: workshop.world))?.status
  }
}

extension DispatchQueue {
  /// What `body` makes of 0, 1, … on many threads.
  static func concurrentMap<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T?) -> [T?] {
    let results = Results<T>(count)
    concurrentPerform(iterations: count) { index in
      let value = body(index)
      results.values.withLock { $0[index] = value }
    }
    return results.values.withLock { $0 }
  }
}
