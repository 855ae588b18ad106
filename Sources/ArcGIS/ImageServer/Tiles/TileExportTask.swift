import Catalog
import Datasets
import JSONValue
import Jobs
import Spatial
import Tiles
import Worlds

/// What the jobs of exportTiles and estimateExportTilesSize of image services do.
struct TileExportTask {
  private let site: Site
  private let context: JobContext
  private let service: ImageService
  private let tiles: ServiceTiles
  private let plan: TileExportPlan
  private let inputs: TileExportInputs

  /// Bytes of decoded blocks of rasters that are kept while tiles are drawn.
  private static let blockBytes = 24 << 20

  /// The tasks as the engine knows them.
  static func jobTasks(site: @escaping @Sendable () -> Site?) -> [JobTask] {
    TileExportJobs.Kind.allCases.map { kind in
      JobTask(kind.taskName(of: .image), title: kind == .export ? "Export Tiles" : "Estimate Export Tiles Size") {
        context in
        guard let site = site() else { throw JobFailure("The server is stopping.") }
        let task = try TileExportTask(context, site: site)
        return [
          JobValue("out_service_url", dataType: "GPString", try kind == .export ? task.export() : task.estimate())
        ]
      }
    }
  }

  /// - Throws: `JobFailure` for what can't be exported.
  private init(_ context: JobContext, site: Site) throws {
    self.site = site
    self.context = context
    let owner = context.job.service
    guard owner.hasSuffix("/ImageServer"),
      let service = try site.catalog.service(at: String(owner.dropLast("/ImageServer".count))),
      let tiles = site.tiles(of: service)
    else { throw JobFailure("The service \(owner) is not there any more.") }
    self.service = service
    self.tiles = tiles
    inputs = TileExportInputs(context.job)
    plan = try TileExportPlan(
      context.job,
      of: TileExportPlan.Offer(
        scheme: tiles.tiling.scheme, levels: tiles.tiling.levels, extent: tiles.tiling.extent,
        reference: service.spatialReference, impliesAllLevels: false)
    ) { context.isCancelled }
  }

  /// Makes the package or cache.
  /// - Returns: the address of the folder that it lies in.
  private func export() throws -> JSON {
    try plan.check(limit: service.settings.maxExportTilesCount, service: "\(service.path):ImageServer")
    let folder = TileExportFolder(context, of: service.identifier, outputs: site.outputs)
    try folder.fill { try write(to: $0) }
    return .string("\(JobValue.directories)/\(folder.directory)")
  }

  private func write(to folder: String) throws {
    let storage = TileStorage(rawValue: inputs.text(.storageFormatType)) ?? .compact
    let description = try description()
    let kinds: [TilePackage.Kind] =
      inputs.flag(.tilePackage)
      ? [storage == .compactV2 ? .tpkx : .tpk] : [.cacheDataset, .zippedCacheDataset]
    let writers = try kinds.map {
      try TilePackage.writer($0, storage: storage, description: description, folder: folder, fileStem: "Layers")
    }
    let tally = RowTally(rows: plan.count) { percent in
      context.report(JobProgress("Exporting tiles of \(service.path)...", percent: percent))
    }
    let maker = tiles.maker(quality: quality, blocks: BlockCache(capacity: Self.blockBytes))
    let pipeline = TilePipeline(
      make: { try maker.tile($0) { context.isCancelled } },
      // Neighbours read the same blocks of the rasters, which have to stay in memory for all threads' squares.
      squareSize: 4, isCancelled: { context.isCancelled })
    for level in plan.levels {
      let taken = try pipeline.run(plan.area.coverage, levels: [level], tell: { tally.count($0) }) { address, bytes in
        for writer in writers { try writer.append(bytes, at: address) }
      }
      context.add(.informative("Level \(level): \(taken) tiles exported."))
    }
    for writer in writers { _ = try writer.finish() }
  }

  /// The quality of JPEG tiles where it is to be another than theirs, which it can't exceed.
  private var quality: Int? {
    let options = inputs.options
    guard options.optimizesForSize, let asked = options.compressionQuality else { return nil }
    // A package may not tell the quality of its tiles.
    let own = tiles.tiling.compressionQuality
    return own > 0 ? min(asked, own) : asked
  }

  private func description() throws -> TileCacheDescription {
    let tiling = tiles.tiling
    let hasQuality = tiling.format == .jpeg || tiling.format == .mixed
    let extent = plan.area.extent
    return TileCacheDescription(
      name: service.name, scheme: tiling.scheme, format: tiling.format,
      compressionQuality: hasQuality ? quality ?? tiling.compressionQuality : 0, bandCount: service.bandCount,
      lercError: tiling.format.isLerc ? tiling.lercError : 0, minLOD: plan.levels.first ?? 0,
      maxLOD: plan.levels.last ?? 0, fullExtent: extent,
      geographicExtent: (try? extent.projected(from: tiling.scheme.spatialReference, to: .wgs84))
        ?? Envelope(xmin: -180, ymin: -90, xmax: 180, ymax: 90),
      minScale: tiling.scales.min, maxScale: tiling.scales.max, summary: service.settings.description,
      copyrightText: service.settings.copyrightText, tags: [service.name],
      thumbnail: try tiles.thumbnail(of: extent) { context.isCancelled }, created: context.world.clock.now,
      // That of the job, without what stands around it: a job that begins anew makes the same package.
      identifier: String(context.job.key.id.dropFirst().prefix(32)))
  }

  /// How many tiles there are, and how many bytes, as tiles here and there tell.
  private func estimate() throws -> JSON {
    let maker = tiles.maker(blocks: BlockCache(capacity: Self.blockBytes))
    let bytes = try plan.estimatedBytes(bundleBytes: TileStorage.compact.bundleBytes) {
      try maker.tile($0) { context.isCancelled }
    }
    return ["totalSize": .int(bytes), "totalTilesToExport": .int(plan.count)]
  }
}
