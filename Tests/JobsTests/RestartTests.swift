import JSONValue
import Testing
import Worlds

@testable import Jobs

@Suite("Jobs outlive their process")
struct RestartTests {
  @Test("ended ones keep state, results and messages; others begin anew and end; those of other worlds are forgotten")
  func restart() throws {
    let first = try Workshop()
    first.set(JobPolicy(.immediate))
    let done = try #require(try first.poll(try first.submit("Echo", "kept")))
    first.set(JobPolicy(.polls, submitted: 0, executing: 1))
    let interrupted = try first.submit("Gate")
    #expect(try first.poll(interrupted)?.status == .executing)
    first.set(JobPolicy(.manual))
    let submitted = try first.submit("Echo", "later")
    let other = World(id: "other", settings: WorldSettings())
    let foreign = try first.engine.submit(
      "Service/GPServer/Echo", service: "Service/GPServer", inputs: [], world: other)
    // A killed process says nothing any more: neither does one that is merely stopped.
    first.engine.stop()

    let second = try Workshop(folder: first.folder)
    #expect(try second.engine.job(done.key, in: second.world) == done)
    #expect(try second.engine.job(foreign.key, in: other) == nil)
    #expect(second.discarded.withLock { $0 } == [interrupted.key.id, submitted.key.id])
    #expect(try second.poll(submitted)?.status == .submitted, "the policy is kept")
    second.gate.signal()
    #expect(try second.states(interrupted, count: 2) == [.executing, .succeeded])
    let messages = try second.engine.job(interrupted.key, in: second.world)?.messages.map(\.text) ?? []
    #expect(messages.filter { $0.hasPrefix("Start Time") }.count == 1)
  }

  @Test("identifiers are not given twice, though the world begins from its seed again")
  func identifiers() throws {
    let first = try Workshop()
    let job = try first.submit("Echo")
    first.engine.stop()
    let second = try Workshop(folder: first.folder)
    #expect(try second.submit("Echo").key != job.key)
  }

  @Test("a job whose cancelling was interrupted is cancelled")
  func cancelling() throws {
    let first = try Workshop()
    first.set(JobPolicy(.immediate))
    let job = try first.submit("Gate")
    #expect(try first.waits(for: .executing, of: job))
    var row = try #require(try first.engine.job(job.key, in: first.world))
    row.status = .cancelling
    first.engine.stop()
    try first.engine.store.update(row)
    let second = try Workshop(folder: first.folder)
    #expect(try second.poll(job)?.status == .cancelled)
  }
}
