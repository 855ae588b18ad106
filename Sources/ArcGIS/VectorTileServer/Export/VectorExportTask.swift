import Catalog
import JSONValue
import Jobs
import Tiles
import Worlds

/// What the jobs of exportTiles and estimateExportTilesSize of vector tile services do.
struct VectorExportTask {
  private let site: Site
  private let context: JobContext
  private let service: VectorService
  private let tiles: any VectorTileSource
  private let plan: TileExportPlan

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
              [
                "totalSize": .int(try task.estimatedBytes(TileStorage.compactV2.bundleBytes)),
                "totalTilesToExport": .int(task.plan.count),
              ])
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
    plan = try TileExportPlan(
      context.job,
      of: TileExportPlan.Offer(
        scheme: tiles.scheme, levels: tiles.levels, extent: tiles.extent, reference: tiles.scheme.spatialReference,
        impliesAllLevels: true)
    ) { context.isCancelled }
  }

  /// Makes the package.
  private func export() throws -> [JobValue] {
    let isOnline = OnlineJob.marks(context.job)
    var numbers = OnlineJob.Numbers(plan)
    if isOnline { site.onlineNumbers.keep(numbers, for: context.job.key, bytes: 8 * plan.levels.count) }
    try plan.check(limit: service.settings.maxExportTilesCount, service: "\(service.path):VectorTileServer")
    let folder = TileExportFolder(
      context, of: ServiceIdentifier(service.path, .vectorTile), outputs: site.outputs)
    let stem = isOnline ? OnlineJob.name(of: context.job.key.id, 16) : service.name
    let (count, bytes) = try folder.fill { try write(to: $0, stem: stem) }
    guard isOnline else {
      return [JobValue("out_service_url", dataType: "GPString", .string("\(JobValue.directories)/\(folder.directory)"))]
    }
    (numbers.tiles, numbers.bytes) = (count, bytes)
    numbers.estimatedBytes = try estimatedBytes(0)
    numbers.path = "\(folder.directory)/\(stem).vtpk"
    return [JobValue(OnlineJob.resultName, dataType: "GPString", numbers.json)]
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
    var index = TileIndex()
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

  private func estimatedBytes(_ bundleBytes: Int) throws -> Int {
    try plan.estimatedBytes(bundleBytes: bundleBytes) { try tiles.tile($0) }
  }
}
