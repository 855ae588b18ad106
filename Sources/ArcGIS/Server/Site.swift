import Catalog
import Datasets
import HTTP
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
  /// Open rasters.
  let rasters: RasterLibrary
  /// Decoded blocks of rasters.
  let blocks: BlockCache
  /// The first part of every path: `arcgis`.
  public let context: String
  /// What addresses in answers begin with; `nil` takes it from each request.
  public let publicURL: String?
  let logger: Logger
  private let ownAuthority = Locked("localhost")

  /// A site over a catalog.
  /// - Parameters:
  ///   - stateFolder: where outputs and overviews are kept; it is there.
  ///   - cacheBytes: how much memory decoded blocks of rasters may hold.
  ///   - publicURL: scheme, host and prefix, for example `https://maps.example.org/gis`.
  public init(
    catalog: CatalogStore, worlds: WorldRegistry, stateFolder: String, cacheBytes: Int = 256 << 20,
    context: String = "arcgis", publicURL: String? = nil, logger: Logger
  ) {
    self.catalog = catalog
    self.worlds = worlds
    outputs = OutputStore(root: stateFolder + "/outputs")
    // Worlds don't outlive the process, so their files must not either.
    outputs.removeAll(except: worlds.standard)
    rasters = RasterLibrary(folder: stateFolder + "/overviews", logger: logger)
    self.context = context
    var address = publicURL
    while address?.hasSuffix("/") == true { address?.removeLast() }
    self.publicURL = address
    self.logger = logger
    blocks = BlockCache(capacity: cacheBytes)
  }
}

extension Site {
  /// Begins with what goes on behind the requests: statistics and overviews that are not there yet.
  /// - Parameter authority: host and port that the server listens on.
  public func start(at authority: String) {
    ownAuthority.withLock { $0 = authority }
    rasters.prepare(catalog)
  }

  /// Ends it; returns when nothing is written any more.
  public func stop() { rasters.stop() }

  /// The statistics of every band of a service; empty when one of them has no data, because clients take all or none.
  func statistics(of service: ImageService) throws(CatalogError) -> [BandStatistics] {
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
