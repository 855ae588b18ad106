import Caching
import Catalog
import Datasets
import HTTP
import Jobs
import Locking
import Logging
import Worlds

/// What all requests share: the data, which is only read, and the worlds.
public final class Site: Sendable {
  /// The services and their rasters.
  public let catalog: CatalogStore
  /// The worlds.
  public let worlds: WorldRegistry
  /// The files that operations made.
  public let outputs: OutputStore
  /// The asynchronous operations on their way, and what became of earlier ones.
  public let jobs: JobEngine
  /// Open rasters.
  let rasters: RasterLibrary
  /// Decoded blocks of rasters.
  let blocks: BlockCache
  /// The sources of vector tiles.
  let vectorTiles: VectorLibrary
  /// What exports in the manner of ArcGIS Online have counted, while they go on.
  let onlineNumbers = ByteCache<Job.Key, OnlineJob.Numbers>(capacity: 1 << 20)
  /// Extents of rasters in other spatial references.
  let projectedExtents = ProjectedExtents()
  /// The tiles of the services.
  let tilesTable = TilesTable()
  /// The first part of every path: `arcgis`.
  public let context: String
  /// Where browsers load the library from that draws maps on pages, an address without a slash at its end.
  public let mapLibrary: String
  /// What addresses in answers begin with; `nil` takes it from each request.
  public let publicURL: String?
  let logger: Logger
  private let ownAuthority = Locked("localhost")

  /// A site over a catalog.
  /// - Parameters:
  ///   - stateFolder: where outputs and overviews are kept; it is there.
  ///   - cacheBytes: how much memory decoded blocks of rasters may hold.
  ///   - publicURL: scheme, host and prefix, for example `https://maps.example.org/gis`.
  ///   - mapLibrary: where `maplibre-gl.js` and `maplibre-gl.css` are.
  public init(
    catalog: CatalogStore, jobs store: JobStore, worlds: WorldRegistry, stateFolder: String,
    cacheBytes: Int = 256 << 20,
    context: String = "arcgis", publicURL: String? = nil, mapLibrary: String = Site.standardMapLibrary, logger: Logger
  ) {
    self.catalog = catalog
    self.worlds = worlds
    let outputs = OutputStore(root: stateFolder + "/outputs")
    self.outputs = outputs
    let reference = SiteReference()
    jobs = JobEngine(
      store: store,
      tasks: GeoprocessingService.all.flatMap { service in
        service.tasks.map { $0.jobTask(of: service, site: { reference.site }) }
      } + TileExportTask.jobTasks(site: { reference.site })
        + VectorExportTask.jobTasks(site: { reference.site }),
      // One that takes long does not hold up all others.
      concurrency: max(2, WorkerPool.coreCount - 1), logger: logger
    ) { job, owner in
      outputs.removeFolder("\(ServiceIdentifier.jobsDirectory(ofOwner: owner))/\(job.id)", ofWorld: job.world)
      let exports = TileExportFolder.directory(ofJob: job.id, owner: owner)
      outputs.removeFolder(exports, ofWorld: job.world)
      outputs.removeFolder(OutputStore.unfinished(exports), ofWorld: job.world)
    }
    // Worlds don't outlive the process, so their files must not either.
    outputs.removeAll(except: worlds.standard)
    vectorTiles = VectorLibrary(folder: stateFolder + "/layers", logger: logger)
    rasters = RasterLibrary(folder: stateFolder + "/overviews", logger: logger)
    self.context = context
    var address = publicURL
    while address?.hasSuffix("/") == true { address?.removeLast() }
    self.publicURL = address
    self.mapLibrary = mapLibrary.hasSuffix("/") ? String(mapLibrary.dropLast()) : mapLibrary
    self.logger = logger
    blocks = BlockCache(capacity: cacheBytes)
    reference.point(to: self)
  }
}

extension Site {
  /// Where MapLibre's makers offer it.
  public static let standardMapLibrary = "https://unpkg.com/maplibre-gl@5/dist"
}

/// The site, for those that it owns itself.
private final class SiteReference: Sendable {
  private struct Pointer: Sendable { weak var site: Site? }
  private let pointer = Locked(Pointer())

  var site: Site? { pointer.withLock { $0.site } }

  func point(to site: Site) { pointer.withLock { $0.site = site } }
}

extension Site {
  /// Begins with what goes on behind the requests: statistics and overviews that are not there yet.
  /// - Parameter authority: host and port that the server listens on.
  public func start(at authority: String) {
    ownAuthority.withLock { $0 = authority }
    rasters.prepare(catalog)
  }

  /// Goes on with the jobs of an earlier run; before the first request comes.
  /// - Parameter workers: whose threads do the work, behind that of requests.
  public func startJobs(on workers: WorkerPool) {
    jobs.start(world: worlds.standard) { workers.submit(.background, $0) }
  }

  /// Host and port by which clients on this machine may know the server, in small letters.
  var ownAuthorities: Set<String> {
    let own = ownAuthority.withLock { $0 }.lowercased()
    guard let colon = own.lastIndex(of: ":") else { return [own] }
    return Set([own] + ["127.0.0.1", "localhost", "[::1]"].map { $0 + own[colon...] })
  }

  /// Ends it; returns when nothing is written any more.
  public func stop() {
    jobs.stop()
    rasters.stop()
  }

  /// Forgets what a world has made: its jobs and its files.
  public func removeAll(of world: World) {
    jobs.removeAll(of: world)
    outputs.removeAll(of: world)
  }

  /// The name that jobs give a service, `Folder/Name/Type`, whatever way it is written here; `nil` when there is none.
  public func jobOwner(named name: String) -> String? {
    let trimmed = name.split(separator: "/").joined(separator: "/")
    let services =
      GeoprocessingService.all.map(\.identifier) + catalog.allServices.map { ServiceIdentifier($0.path, .image) }
      + catalog.vectorServices.map { ServiceIdentifier($0.path, .vectorTile) }
    return services.first { $0.jobOwner == trimmed || $0.path == trimmed }?.jobOwner
  }

  /// The name of a task, by its own or with that of its service; `nil` when there is none.
  /// - Parameter service: the service that it belongs to; any one without it.
  public func jobTask(named name: String, service: String?) -> String? {
    let owner = service.flatMap(jobOwner)
    guard service == nil || owner != nil else { return nil }
    for type in [ServiceIdentifier.ServiceType.image, .vectorTile] where owner?.hasSuffix("/\(type.rawValue)") != false
    {
      for kind in TileExportJobs.Kind.allCases where [kind.rawValue, kind.taskName(of: type)].contains(name) {
        return kind.taskName(of: type)
      }
    }
    return GeoprocessingService.all.flatMap { service in service.tasks.map { (service, $0) } }
      .first { service, task in
        (owner == nil || service.identifier.jobOwner == owner)
          && (task.name == name || service.jobName(of: task) == name)
      }
      .map { service, task in service.jobName(of: task) }
  }

  /// The folders that have a service in them, by name.
  var folders: [String] {
    Set(catalog.folders + GeoprocessingService.all.compactMap(\.identifier.folder)).sorted()
  }

  /// The services of a folder, by name; those at the root for `nil`.
  func services(inFolder folder: String?) -> [ServiceIdentifier] {
    (catalog.services(inFolder: folder).map { ServiceIdentifier($0.path, .image) }
      + catalog.vectorServices.filter { $0.folder == folder }.map { ServiceIdentifier($0.path, .vectorTile) }
      + GeoprocessingService.all.map(\.identifier).filter { $0.folder == folder })
      .sorted { ($0.path, $0.type.rawValue) < ($1.path, $1.type.rawValue) }
  }

  /// The statistics of every band of a service; empty when one of them has no data, because clients take all or none.
  func statistics(of service: ImageService) throws(CatalogError) -> [BandStatistics] {
    // Colours of tiles are no values.
    guard service.kind != .tileCache else { return [] }
    let bands = try catalog.statistics(of: service)
    let known = bands.compactMap(\.self)
    return known.count == bands.count ? known : []
  }

  /// The histograms of every band of a service; empty when one of them has no data, as with statistics.
  func histograms(of service: ImageService) throws(CatalogError) -> [BandHistogram] {
    let bands = try catalog.histograms(of: service)
    let known = bands.compactMap(\.self)
    return known.count == bands.count ? known : []
  }

  /// The address of a world's services, as the client of a request reaches it.
  public func servicesAddress(of world: World, for request: Request) -> String {
    address(world: world === worlds.standard ? "" : "/w/\(world.id)", for: request).services
  }

  /// What addresses in the answer to a request begin with.
  func origin(of request: Request) -> String {
    // HTTP/1.0 knows no Host.
    let authority = request.authority.isEmpty ? ownAuthority.withLock { $0 } : request.authority
    return Address.origin(publicURL: publicURL, authority: authority) { request.headers[$0] }
  }

  /// Where the client of a request finds this server.
  /// - Parameter world: the prefix of the world, `/w/{id}` or empty.
  func address(world: String, for request: Request) -> Address {
    Address(origin: origin(of: request), world: world, context: context)
  }
}
