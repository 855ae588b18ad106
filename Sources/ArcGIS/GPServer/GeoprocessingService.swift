import JSONValue
import Worlds

/// A geoprocessing service that the server brings along (REST API 2.1).
struct GeoprocessingService: Sendable {
  /// `Folder/Name`.
  let path: String
  /// Free text.
  let summary: String
  /// What it can do.
  let tasks: [GeoprocessingTask]

  /// All of them. A new one is a folder with its tasks, and a line here.
  static let all = [rasterUtilities]

  /// The service of a name; without its folder it is answered too.
  static func named(_ name: String) -> GeoprocessingService? {
    all.first { $0.path == name || $0.identifier.name == name }
  }

  /// What addresses call it.
  var identifier: ServiceIdentifier { ServiceIdentifier(path, .geoprocessing) }
  /// The scope of its operations.
  var scope: Operation.Scope { .geoprocessingService(path) }

  /// The name under which the engine knows the jobs of a task.
  func jobName(of task: GeoprocessingTask) -> String { "\(identifier.jobOwner)/\(task.name)" }

  /// The operations of the service and its tasks.
  var operations: [Operation] {
    [
      Operation(
        "", title: "Geoprocessing Service", summary, scope: scope, since: ServerVersion(10, 0), weight: .light,
        stable: true, run: root)
    ] + tasks.flatMap { $0.operations(of: self) }
  }

  private func root(_ call: Call) -> Answer {
    let version = call.version
    let offered = tasks.filter { $0.since <= version }
    var members: JSONObject = ["currentVersion": .double(version.number)]
    if version >= ServerVersion(10, 8) { members["cimVersion"] = "3.1.0" }
    members["serviceDescription"] = .string(summary)
    members["tasks"] = .array(offered.map { .string($0.name) })
    members["executionType"] = "esriExecutionTypeAsynchronous"
    members["resultMapServerName"] = ""
    members["maximumRecords"] = 1000
    members["capabilities"] = ""
    return .json(
      .object(members),
      page: PageContent(lists: [
        PageContent.LinkList(
          heading: "Tasks",
          links: offered.map {
            .init(text: $0.name, address: "\(call.servicePath)/\($0.name)", note: $0.summary)
          })
      ]))
  }
}

extension ServiceIdentifier {
  /// The service as its jobs name it: `Folder/Name/GPServer`.
  var jobOwner: String { "\(path)/\(type.rawValue)" }

  /// The directory of the files of its jobs: `arcgisjobs/folder/name_gpserver`, in small letters as on a real server.
  static func jobsDirectory(ofOwner owner: String) -> String {
    guard let slash = owner.lastIndex(of: "/") else { return "arcgisjobs/\(owner.lowercased())" }
    return "arcgisjobs/\(owner[..<slash].lowercased())_\(owner[owner.index(after: slash)...].lowercased())"
  }
}
