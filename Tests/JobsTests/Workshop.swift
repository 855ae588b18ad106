import Dispatch
import Foundation
import JSONValue
import Locking
import Logging
import Worlds

@testable import Jobs

/// An engine over a database of its own, and works that the test holds in its hands.
final class Workshop: Sendable {
  let folder: String
  let world: World
  let engine: JobEngine
  /// The jobs whose files were thrown away.
  let discarded = Locked<[String]>([])
  /// The jobs whose work has begun, in order.
  let begun = Locked<[String]>([])
  /// Works end only when this is signalled, where they are told to wait for it.
  let gate = DispatchSemaphore(value: 0)

  /// - Parameter folder: that of an earlier workshop, to begin again where it was left.
  init(
    folder: String? = nil, world: World = World(id: "default", settings: WorldSettings()), concurrency: Int = 2,
    starts: Bool = true
  )
    throws
  {
    let folder = folder ?? NSTemporaryDirectory() + "jobs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    self.folder = folder
    self.world = world
    let box = Box()
    engine = JobEngine(
      store: try JobStore(path: folder + "/jobs.sqlite"), tasks: Self.tasks(box), concurrency: concurrency,
      logger: Logger(label: "jobs") { _ in SwiftLogNoOpLogHandler() }
    ) { key, _ in box.workshop.withLock { $0.workshop }?.discarded.withLock { $0.append(key.id) } }
    box.workshop.withLock { $0.workshop = self }
    if starts { start() }
  }

  func start() {
    engine.start(world: world) { work in
      DispatchQueue.global().async(execute: work)
      return true
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private final class Box: Sendable {
    let workshop = Locked(Pointer())

    struct Pointer: Sendable { weak var workshop: Workshop? }
  }

  private static func tasks(_ box: Box) -> [JobTask] {
    let begin = { @Sendable (context: JobContext) in
      box.workshop.withLock { $0.workshop }?.begun.withLock { $0.append(context.job.key.id) }
    }
    return [
      JobTask("Service/GPServer/Echo", title: "Echo") { context in
        _ = begin(context)
        return [JobValue("out", dataType: "GPString", context.input("in") ?? .null)]
      },
      JobTask("Service/GPServer/Fail", title: "Fail") { _ in throw JobFailure("ERROR 000732: no such thing") },
      JobTask("Service/GPServer/Gate", title: "Gate") { context in
        _ = begin(context)
        let gate = box.workshop.withLock { $0.workshop }?.gate
        while gate?.wait(timeout: .now() + .milliseconds(5)) == .timedOut {
          if context.isCancelled { throw JobFailure() }
        }
        return []
      },
      // Deaf to cancelling: work that takes its time to end.
      JobTask("Service/GPServer/Hold", title: "Hold") { context in
        _ = begin(context)
        box.workshop.withLock { $0.workshop }?.gate.wait()
        throw JobFailure()
      },
    ]
  }

  /// Submits a job with a text.
  func submit(_ task: String, _ text: String = "") throws -> Job {
    try engine.submit(
      "Service/GPServer/\(task)", service: "Service/GPServer",
      inputs: [JobValue("in", dataType: "GPString", .string(text))], world: world)
  }

  /// Sets the policy of the world.
  func set(_ policy: JobPolicy, for scope: JobPolicies.Scope = .world) { engine.set(policy, for: scope, of: world) }

  /// Asks for the status as a client does: waits where a client is kept waiting.
  func poll(_ job: Job) throws -> Job? {
    let isReady = DispatchSemaphore(value: 0)
    engine.whenReady(job.key) { isReady.signal() }
    guard isReady.wait(timeout: .now() + 20) == .success else { return nil }
    return try engine.poll(job.key, in: world)
  }

  /// The states that a client sees until the end, asking `count` times.
  func states(_ job: Job, count: Int) throws -> [JobStatus?] { try (0..<count).map { _ in try poll(job)?.status } }

  /// Asks without being counted until a job is in a state; false after 20 s.
  func waits(for status: JobStatus, of job: Job) throws -> Bool {
    for _ in 0..<4000 {
      if try engine.job(job.key, in: world)?.status == status { return true }
      usleep(5000)
    }
    return false
  }
}
