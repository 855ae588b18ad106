import JSONValue
import Jobs
import Worlds

/// The jobs of tile exports: how they are called, and where they are asked for (REST API 1.26).
enum TileExportJobs {
  /// What every identifier ends with.
  static let suffix = "_et"

  /// The operations that submit such jobs.
  enum Kind: String, CaseIterable {
    case export = "exportTiles"
    case estimate = "estimateExportTilesSize"

    /// The name under which the engine knows the jobs of services of a type.
    func taskName(of type: ServiceIdentifier.ServiceType) -> String { "\(type.rawValue)/\(rawValue)" }
  }

  /// The resources of the jobs of a service, below each of the addresses that clients know.
  /// - Parameter description: what is told of a job that is told of in a manner of its own.
  static func resources(
    _ scope: Operation.Scope, type: ServiceIdentifier.ServiceType, since: ServerVersion,
    description: @escaping @Sendable (Job, Call) -> JSON? = { _, _ in nil }
  ) -> [Operation] {
    let names = Set(Kind.allCases.map { $0.taskName(of: type) })
    return (["jobs"] + Kind.allCases.map { "\($0.rawValue)/jobs" }).flatMap { path in
      JobResources(path: path, scope: scope, since: since, suffix: suffix, description: description) { job, call in
        names.contains(job.task) && job.service == call.resource?.jobOwner
      }.operations
    }
  }
}
