/// The policies of one world, by what they are for. The most special one counts: next jobs, then task, service, world.
public struct JobPolicies: Sendable, Hashable {
  /// For all jobs of the world.
  public private(set) var standard = JobPolicy.standard
  /// By service: `Utilities/RasterUtilities/GPServer`.
  public private(set) var services: [String: JobPolicy] = [:]
  /// By task: `Utilities/RasterUtilities/GPServer/DownloadRaster`.
  public private(set) var tasks: [String: JobPolicy] = [:]
  /// For the jobs that come next, in their order, whatever they are.
  public private(set) var next: [JobPolicy] = []

  /// Policies that say nothing.
  public init() {}

  /// How many jobs ahead a policy can be set.
  public static let mostNext = 1000

  /// What a policy is for.
  public enum Scope: Sendable, Hashable {
    /// All jobs of the world.
    case world
    /// The jobs of a service.
    case service(String)
    /// The jobs of a task.
    case task(String)
    /// So many jobs from now on.
    case next(Int)
  }

  /// Sets a policy; `nil` takes it away, so that a more general one holds again.
  public mutating func set(_ policy: JobPolicy?, for scope: Scope) {
    switch scope {
    case .world: standard = policy ?? .standard
    case .service(let name): services[name] = policy
    case .task(let name): tasks[name] = policy
    case .next(let count):
      next = policy.map { [JobPolicy](repeating: $0, count: min(max(0, count), Self.mostNext)) } ?? []
    }
  }

  /// The policy of a new job; one for the next job is used up by it.
  mutating func take(task: String, service: String) -> JobPolicy {
    if !next.isEmpty { return next.removeFirst() }
    return tasks[task] ?? services[service] ?? standard
  }
}
