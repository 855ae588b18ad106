import Catalog
import JSONValue
import Jobs
import Tiles
import Worlds

/// How ArcGIS Online tells of exports (REST API 3.9).
enum OnlineJob {
  /// The input that marks a job of this manner. Clients are not told of it.
  private static let inputName = "online"
  /// The result with what was counted. Clients are told of it in other words.
  static let resultName = "online"

  /// The input that marks a job.
  static func input(createsItem: Bool) -> JobValue {
    JobValue(inputName, dataType: "GPString", ["createItem": .bool(createsItem)])
  }

  /// Whether a job is of this manner.
  static func marks(_ job: Job) -> Bool { job.inputs.contains { $0.name == inputName } }

  /// What a client is told that submits a job.
  static func firstAnswer(_ job: Job, _ service: VectorService) -> JSON {
    [
      "id": .string(name(of: service.path, 16)), "name": .string(service.name), "url": .null, "status": "success",
      "itemId": .string(service.settings.portalItemId ?? name(of: service.path, 32)), "type": "Vector Tile Service",
      "jobId": .string(job.key.id), "message": "success",
    ]
  }

  /// What a client is told that asks for the status of a job; `nil` for a job of the other manner.
  @Sendable static func description(of job: Job, _ call: Call) -> JSON? {
    guard let input = job.inputs.first(where: { $0.name == inputName })?.value else { return nil }
    let counted = job.results.first { $0.name == resultName }?.value
    let plan = (try? call.vectorTiles()).flatMap { try? VectorExportPlan(job, tiles: $0) }
    let (isOver, hasFailed, isCancelled) = (
      job.status == .succeeded, job.status == .failed || job.status == .timedOut,
      job.status == .cancelled || job.status == .cancelling
    )
    let isWaiting = job.status == .submitted || job.status == .waiting || job.status == .new
    let createsItem = input["createItem"]?.bool == true && isOver
    let now = call.world.clock.now
    return [
      "jobId": .string(job.key.id), "type": "EXPORTTILES", "jobStatus": .string(job.status.rawValue),
      "message": JSON.optional(hasFailed ? job.messages.first { $0.kind == .error }?.text : nil, JSON.string),
      "extent": JSON.optional(plan?.area.extent) {
        [
          "xmin": .double($0.xmin), "ymin": .double($0.ymin), "xmax": .double($0.xmax), "ymax": .double($0.ymax),
          "spatialReference": .null,
        ]
      },
      "startTime": .int(job.started ?? job.submitted), "lastTime": .int(job.ended ?? max(now, job.submitted)),
      "estimatedNumTiles": .int(plan?.count ?? 0), "numTiles": .int(counted?["tiles"]?.integer ?? 0),
      "estimatedTilesSize": .int(counted?["estimatedBytes"]?.integer ?? 0),
      "tilesSize": .int(counted?["bytes"]?.integer ?? 0), "numTasks": 1,
      "numSubmittedTasks": .int(isWaiting ? 1 : 0), "numProcessingTasks": .int(job.status == .executing ? 1 : 0),
      "numDoneTasks": .int(isOver ? 1 : 0), "numErrorTasks": .int(hasFailed ? 1 : 0),
      "numCanceledTasks": .int(isCancelled ? 1 : 0),
      "output": [
        "outputUrl": .array(
          counted?["path"]?.string.map { [.string(address(of: $0, call))] } ?? []),
        "itemId": createsItem ? .string(name(of: job.key.id, 32)) : .null,
      ],
      "levelStats": .array((plan?.levels ?? []).map { ["level": .int($0)] }),
    ]
  }

  /// Where a package is fetched. Clients take its name out of the query.
  private static func address(of path: String, _ call: Call) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return "\(call.address.directories)/\(path)?response-content-disposition="
      + "Content-Disposition%3A%20attachment%3B%20filename%3D\(percentEncoded(name))"
  }

  /// Hexadecimal digits that follow from a text (FNV-1a, continued).
  static func name(of text: String, _ digits: Int) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var name = ""
    while name.count < digits {
      hash = text.utf8.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      let part = String(hash, radix: 16)
      name += String(repeating: "0", count: 16 - part.count) + part
    }
    return String(name.prefix(digits))
  }
}
