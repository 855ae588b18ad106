import Catalog
import Foundation
import JSONValue
import Jobs
import Spatial
import Tiles
import Worlds

/// What the jobs of exportTiles and estimateExportTilesSize of vector tile services do.
struct VectorExportTask {
  private let site: Site
  private let context: JobContext
  private let service: VectorService
  private let tiles: any VectorTileSource
  private let plan: VectorExportPlan

  /// Tiles that are cut for an estimate.
  private static let sampleSize = 64

  /// The tasks as the engine knows them.
  static func jobTasks(site: @escaping @Sendable () -> Site?) -> [JobTask] {
    TileExportJobs.Kind.allCases.map { kind in
      JobTask(kind.taskName(of: .vectorTile), title: kind == .export ? "Export Tiles" : "Estimate Export Tiles Size") {
        context in
        guard let site = site() else { throw JobFailure("The server is stopping.") }
        let task = try VectorExportTask(context, site: site)
        switch kind {
        case .export: return try task.export()
        case .estimate:
          return [
            JobValue(
              "out_service_url", dataType: "GPString",
              ["totalSize": .int(try task.estimatedBytes()), "totalTilesToExport": .int(task.plan.count)])
          ]
        }
      }
    }
  }

  /// - Throws: `JobFailure` for what can't be exported.
  private init(_ context: JobContext, site: Site) throws {
    self.site = site
    self.context = context
    let owner = context.job.service
    guard owner.hasSuffix("/VectorTileServer"),
      let service = site.catalog.vectorService(at: String(owner.dropLast("/VectorTileServer".count)))
    else { throw JobFailure("The service \(owner) is not there any more.") }
    self.service = service
    do throws(ArcGISError) {
      tiles = try site.vectorTiles.source(of: service)
    } catch {
      throw JobFailure(error.message, error.hint ?? "")
    }
    plan = try VectorExportPlan(context.job, tiles: tiles)
    guard plan.count > 0 else { throw TileExportFailure.nothing("the area meets no tile of the levels") }
  }

  /// Makes the package.
  private func export() throws -> [JobValue] {
    let limit = service.settings.maxExportTilesCount
    guard plan.count <= limit else {
      throw TileExportFailure.tooMany(plan.count, limit: limit, service: "\(service.path):VectorTileServer")
    }
    let isOnline = OnlineJob.marks(context.job)
    // Named after the job, so that one that begins anew finds what it left.
    let output = ServiceIdentifier(service.path, .vectorTile).outputDirectory
    let directory = "arcgisoutput/\(output)/_ags_\(context.job.key.id)"
    let stem = isOnline ? OnlineJob.name(of: context.job.key.id, 16) : service.name
    site.outputs.removeFolder(directory, ofWorld: context.world.id)
    do {
      let folder = try site.outputs.makeFolder(directory, of: context.world)
      let (count, bytes) = try write(to: folder, stem: stem)
      try site.outputs.dateAll(in: folder, of: context.world)
      guard isOnline else {
        return [JobValue("out_service_url", dataType: "GPString", .string("\(JobValue.directories)/\(directory)"))]
      }
      return [
        JobValue(
          OnlineJob.resultName, dataType: "GPString",
          [
            "path": .string("\(directory)/\(stem).vtpk"), "tiles": .int(count), "bytes": .int(bytes),
            "estimatedBytes": .int(try estimatedBytes()),
          ])
      ]
    } catch {
      site.outputs.removeFolder(directory, ofWorld: context.world.id)
      if let error = error as? TileCacheError { throw TileExportFailure.writing(service.path, error.reason) }
      if let error = error as? OutputError { throw TileExportFailure.writing(service.path, error.reason) }
      throw error
    }
  }

  private func write(to folder: String, stem: String) throws -> (count: Int, bytes: Int) {
    let members = VectorPackageMembers(
      service: service, tiles: tiles, levels: plan.levels, extent: plan.area.extent, version: context.world.version)
    let writer = try VectorPackageWriter(
      description: members.description(
        created: context.world.clock.now, identifier: OnlineJob.name(of: context.job.key.id, 32)),
      folder: folder, fileStem: stem, members: try members.resources())
    let tally = RowTally(rows: plan.count) { percent in
      context.report(JobProgress("Exporting tiles of \(service.path)...", percent: percent))
    }
    let pipeline = TilePipeline(make: { [tiles] in try tiles.tile($0) }, isCancelled: { context.isCancelled })
    var index = TileIndex(plan.area.coverage)
    var (count, bytes) = (0, 0)
    for level in plan.levels {
      let taken = try pipeline.run(plan.area.coverage, levels: [level], tell: { tally.count($0) }) { address, tile in
        try writer.append(tile, at: address)
        index.add(address)
        bytes += tile.count
      }
      count += taken
      context.add(.informative("Level \(level): \(taken) tiles exported."))
    }
    // What follows from the tiles comes after them.
    for member in try members.afterTiles(index) { try writer.add(member) }
    _ = try writer.finish()
    return (count, bytes)
  }

  /// How many bytes the tiles have, as some here and there tell.
  private func estimatedBytes() throws -> Int {
    var bytes = 0.0
    for level in plan.levels {
      let all = plan.area.coverage.count(of: level) { context.isCancelled }
      let samples = plan.area.coverage.samples(of: level, most: max(4, Self.sampleSize / plan.levels.count))
      guard !samples.isEmpty else { continue }
      var sum = 0
      for tile in samples {
        if context.isCancelled { throw CancellationError() }
        if let made = try tiles.tile(tile) { sum += made.count + 4 }
      }
      bytes += Double(sum) / Double(samples.count) * Double(all)
    }
    return Int(min(bytes, 1e18))
  }
}
