import ArcGIS
import Catalog
import Glibc
import HTTP
import Jobs
import Logging
import Mock
import Worlds

/// A server that behaves like ArcGIS Image Server, for a test to start and stop:
///
/// ```swift
/// let server = try MockArcGISServer(ServerOptions(dataFolder: "Fixtures/rasters"))
/// defer { server.stop() }
/// client.connect(to: server.servicesURL)
/// ```
public final class MockArcGISServer: Sendable {
  /// The port that it listens on.
  public let port: UInt16
  /// Scheme, host and port: `http://127.0.0.1:6080`.
  public let url: String
  /// The address of the list of services.
  public let servicesURL: String
  /// What could not be served of the data folder, and why.
  public let problems: [CatalogProblem]

  private let server: Server
  private let site: Site
  private let temporary: TemporaryFolder?

  /// Reads the data folder and starts to listen: when this returns the server answers.
  /// - Throws: `CatalogError` for a data or state folder that can't be used, `ServerError` for a port that can't be
  ///   listened on.
  public init(_ options: ServerOptions, logger: Logger = Logger(label: "mock-arcgis")) throws {
    let temporary = options.stateFolder == nil ? try TemporaryFolder() : nil
    let state = options.stateFolder ?? temporary?.path ?? ""
    let catalog = try CatalogStore.open(dataFolder: options.dataFolder, stateFolder: state, logger: logger)
    for problem in catalog.problems {
      logger.log(
        level: problem.severity == .error ? .error : .warning, "\(problem.path) \(problem.reason)")
    }
    site = Site(
      catalog: catalog, jobs: try Self.openJobs(in: state, logger: logger),
      worlds: WorldRegistry(settings: WorldSettings(version: options.version)),
      stateFolder: state, context: options.context, publicURL: options.publicURL,
      mapLibrary: options.mapLibrary, logger: logger)
    let handler = SiteHandler(
      arcgis: ArcGISHandler(site: site), control: options.hasControl ? ControlHandler(site: site) : nil)
    var configuration = ServerConfiguration()
    configuration.host = options.host
    configuration.port = options.port
    server = Server(
      configuration: configuration,
      handler: CORS(exposing: [ArcGISHandler.hintField], Compression(MethodRules(allowed: handler.methods, handler))))
    site.startJobs(on: server.workers)
    port = try server.start()
    let host = options.host.contains(":") ? "[\(options.host)]" : options.host == "0.0.0.0" ? "127.0.0.1" : options.host
    url = "http://\(host):\(port)"
    site.start(at: "\(host):\(port)")
    if options.publicURL != nil { logger.info("listening at \(url)") }
    servicesURL = "\(site.publicURL ?? url)/\(options.context)/rest/services"
    problems = catalog.problems
    self.temporary = temporary
  }

  /// The jobs of a state folder. A database that can't be read is put aside, so that it is not lost.
  private static func openJobs(in state: String, logger: Logger) throws(CatalogError) -> JobStore {
    let path = state + "/jobs.sqlite"
    do throws(JobError) {
      return try JobStore(path: path)
    } catch {
      guard case .damaged = error else { throw .stateFolder(path: state, reason: "\(error)") }
      logger.error("\(path) is damaged and is put aside as jobs.sqlite.broken: \(error)")
      for end in ["", "-wal", "-shm"] { rename(path + end, "\(path).broken\(end)") }
    }
    do throws(JobError) { return try JobStore(path: path) } catch {
      throw .stateFolder(path: state, reason: "\(error)")
    }
  }

  /// Stops listening, lets requests in flight finish, and removes the temporary folder.
  /// - Parameter grace: how long requests in flight may take.
  public func stop(grace: Duration = .seconds(10)) {
    server.shutdown(grace: grace)
    site.stop()
    temporary?.remove()
  }
}
