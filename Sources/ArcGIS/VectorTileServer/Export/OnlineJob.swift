import Catalog
import JSONValue
import Jobs
import Spatial
import Tiles
import Worlds

/// How ArcGIS Online tells of exports (REST API 3.9).
enum OnlineJob {
  /// The input that marks a job of this manner. Clients are not told of it, as of no value whose name begins so.
  private static let inputName = "_online"
  /// The result with what was counted. Clients are told of it in other words.
  static let resultName = "_online"

  /// What is counted of an export.
  struct Numbers: Sendable {
    var extent: Envelope
    var levels: [Int]
    /// Cells, be there data or not.
    var cells: Int
    var tiles = 0
    var bytes = 0
    var estimatedBytes = 0
    /// The package below the output directories; `nil` before it is there.
    var path: String?

    init(_ plan: TileExportPlan) {
      extent = plan.area.extent
      levels = plan.levels
      cells = plan.count
    }

    /// Reads what `json` writes.
    init?(_ json: JSON) {
      let edges = json["extent"]?.array?.compactMap(\.number) ?? []
      guard edges.count == 4 else { return nil }
      extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
      levels = json["levels"]?.array?.compactMap(\.integer) ?? []
      cells = json["cells"]?.integer ?? 0
      tiles = json["tiles"]?.integer ?? 0
      bytes = json["bytes"]?.integer ?? 0
      estimatedBytes = json["estimatedBytes"]?.integer ?? 0
      path = json["path"]?.string
    }

    /// As a result of a job.
    var json: JSON {
      [
        "extent": .array([extent.xmin, extent.ymin, extent.xmax, extent.ymax].map(JSON.double)),
        "levels": .array(levels.map(JSON.int)), "cells": .int(cells), "tiles": .int(tiles), "bytes": .int(bytes),
        "estimatedBytes": .int(estimatedBytes), "path": .optional(path, JSON.string),
      ]
    }
  }

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
    // Counted once, by the work.
    let numbers =
      job.results.first { $0.name == resultName }.flatMap { Numbers($0.value) } ?? call.site.onlineNumbers[job.key]
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
      "extent": JSON.optional(numbers?.extent) {
        [
          "xmin": .double($0.xmin), "ymin": .double($0.ymin), "xmax": .double($0.xmax), "ymax": .double($0.ymax),
          "spatialReference": .null,
        ]
      },
      "startTime": .int(job.started ?? job.submitted), "lastTime": .int(job.ended ?? max(now, job.submitted)),
      "estimatedNumTiles": .int(numbers?.cells ?? 0), "numTiles": .int(numbers?.tiles ?? 0),
      "estimatedTilesSize": .int(numbers?.estimatedBytes ?? 0),
      "tilesSize": .int(numbers?.bytes ?? 0), "numTasks": 1,
      "numSubmittedTasks": .int(isWaiting ? 1 : 0), "numProcessingTasks": .int(job.status == .executing ? 1 : 0),
      "numDoneTasks": .int(isOver ? 1 : 0), "numErrorTasks": .int(hasFailed ? 1 : 0),
      "numCanceledTasks": .int(isCancelled ? 1 : 0),
      "output": [
        "outputUrl": .array(
          numbers?.path.map { [.string(address(of: $0, call))] } ?? []),
        "itemId": createsItem ? .string(name(of: job.key.id, 32)) : .null,
      ],
      "levelStats": .array((numbers?.levels ?? []).map { ["level": .int($0)] }),
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
