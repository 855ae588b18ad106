import Catalog
import Codecs
import Datasets
import Foundation
import JSONValue
import Jobs
import Spatial
import Tiles
import Warp
import Worlds

/// What the jobs of exportTiles and estimateExportTilesSize of image services do.
struct TileExportTask {
  private let site: Site
  private let context: JobContext
  private let service: ImageService
  private let tiles: ServiceTiles
  private let area: ExportArea
  private let levels: [Int]
  private let inputs: TileExportInputs

  /// Bytes of decoded blocks of rasters that are kept while tiles are drawn.
  private static let blockBytes = 24 << 20
  /// Tiles that are drawn for an estimate.
  private static let sampleSize = 48

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
    let tiling = tiles.tiling
    guard let asked = try inputs.value(.levels, as: .levels) else {
      throw JobFailure("ERROR 000735: levels: a value is required.")
    }
    do throws(RequestedLevels.Problem) {
      levels = try asked.resolve(as: inputs.options.exportBy, in: tiling.scheme, among: tiling.levels)
    } catch {
      throw TileExportFailure.levels(error)
    }
    let extent = try inputs.value(.exportExtent, as: .exportExtent) ?? .full
    let polygons = try inputs.value(.areaOfInterest, as: .area)
    do throws(ExportArea.Problem) {
      area = try ExportArea(
        extent: extent, area: polygons, full: tiling.extent, scheme: tiling.scheme,
        reference: service.spatialReference)
    } catch {
      throw TileExportFailure.nothing(error.reason)
    }
  }

  // MARK: Export

  /// Makes the package or cache.
  /// - Returns: the address of the folder that it lies in.
  private func export() throws -> JSON {
    let count = try count()
    guard count > 0 else { throw TileExportFailure.nothing("the area meets no tile of the levels") }
    let limit = service.settings.maxExportTilesCount
    guard count <= limit else {
      throw TileExportFailure.tooMany(count, limit: limit, service: "\(service.path):ImageServer")
    }
    // Named after the job, so that one that begins anew finds what it left.
    let directory = "arcgisoutput/\(service.identifier.outputDirectory)/_ags_\(context.job.key.id)"
    site.outputs.removeFolder(directory, ofWorld: context.world.id)
    do {
      let folder = try site.outputs.makeFolder(directory, of: context.world)
      try write(count, to: folder)
      try site.outputs.dateAll(in: folder, of: context.world)
    } catch {
      site.outputs.removeFolder(directory, ofWorld: context.world.id)
      if let error = error as? TileCacheError { throw TileExportFailure.writing(service.path, error.reason) }
      if let error = error as? OutputError { throw TileExportFailure.writing(service.path, error.reason) }
      throw error
    }
    return .string("\(JobValue.directories)/\(directory)")
  }

  private func write(_ count: Int, to folder: String) throws {
    let storage = TileStorage(rawValue: inputs.text(.storageFormatType)) ?? .compact
    let description = try description()
    let kinds: [TilePackage.Kind] =
      inputs.flag(.tilePackage)
      ? [storage == .compactV2 ? .tpkx : .tpk] : [.cacheDataset, .zippedCacheDataset]
    let writers = try kinds.map {
      try TilePackage.writer($0, storage: storage, description: description, folder: folder, fileStem: "Layers")
    }
    let tally = RowTally(rows: count) { percent in
      context.report(JobProgress("Exporting tiles of \(service.path)...", percent: percent))
    }
    let maker = tiles.maker(quality: quality, blocks: BlockCache(capacity: Self.blockBytes))
    let pipeline = TilePipeline(
      make: { try maker.tile($0) { context.isCancelled } },
      // Neighbours read the same blocks of the rasters. Values are some ten times larger than pictures.
      squareSize: tiles.tiling.format.isLerc ? 4 : 8, isCancelled: { context.isCancelled })
    for level in levels {
      let taken = try pipeline.run(area.coverage, levels: [level], tell: { tally.count($0) }) { address, bytes in
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
    let reference = tiling.scheme.spatialReference
    return TileCacheDescription(
      name: service.name, scheme: tiling.scheme, format: tiling.format,
      compressionQuality: hasQuality ? quality ?? tiling.compressionQuality : 0, bandCount: service.bandCount,
      lercError: tiling.format.isLerc ? tiling.lercError : 0, minLOD: levels.first ?? 0, maxLOD: levels.last ?? 0,
      fullExtent: area.extent,
      geographicExtent: (try? area.extent.projected(from: reference, to: .wgs84))
        ?? Envelope(xmin: -180, ymin: -90, xmax: 180, ymax: 90),
      minScale: tiling.scales.min, maxScale: tiling.scales.max, summary: service.settings.description,
      copyrightText: service.settings.copyrightText, tags: [service.name],
      thumbnail: try tiles.thumbnail(of: area.extent), created: context.world.clock.now,
      // That of the job, without what stands around it: a job that begins anew makes the same package.
      identifier: String(context.job.key.id.dropFirst().prefix(32)))
  }

  // MARK: Estimate

  /// How many tiles there are, and how many bytes, as tiles here and there tell.
  private func estimate() throws -> JSON {
    let count = try count()
    guard count > 0 else { throw TileExportFailure.nothing("the area meets no tile of the levels") }
    let maker = tiles.maker(quality: nil, blocks: BlockCache(capacity: Self.blockBytes))
    var bytes = 0.0
    for (rank, level) in levels.enumerated() {
      let all = area.coverage.count(of: level) { context.isCancelled }
      let samples = area.coverage.samples(of: level, most: max(4, Self.sampleSize / levels.count))
      guard !samples.isEmpty else { continue }
      var sum = 0
      for tile in samples {
        if context.isCancelled { throw CancellationError() }
        // Every tile has its size before it in a bundle.
        if let made = try maker.tile(tile, isCancelled: { context.isCancelled }) { sum += made.count + 4 }
      }
      bytes += Double(sum) / Double(samples.count) * Double(all)
      context.report(JobProgress("Estimating...", percent: (rank + 1) * 100 / levels.count))
    }
    return ["totalSize": .int(Int(min(bytes, 1e18))), "totalTilesToExport": .int(count)]
  }

  private func count() throws -> Int {
    var count = 0
    for level in levels {
      count += area.coverage.count(of: level) { context.isCancelled }
      if context.isCancelled { throw CancellationError() }
    }
    return count
  }
}
