import ArgumentParser
import CLinux
import Catalog
import Glibc
import HTTP
import Logging
import MockArcGIS
import Worlds

/// `mock-arcgis serve`: serves a folder until it is told to stop.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves a folder of rasters.",
    discussion: """
      Without DATA_DIR the sample data is served. When the server is ready, and not before, one line with its address \
      goes to standard output; logs go to standard error. Every option has an environment variable: MOCK_ARCGIS_PORT \
      for --port. SIGTERM and SIGINT let requests in flight finish.
      """)

  @Argument(help: "The folder to serve; the sample data without it.")
  var dataDir: String?

  @Option(help: "The address to listen on.")
  var host = Environment.text("host") ?? "127.0.0.1"

  @Option(help: "The port to listen on; 0 takes a free one.")
  var port: UInt16?

  @Option(help: "The first part of every path.")
  var context = Environment.text("context") ?? "arcgis"

  @Option(help: "A folder where catalog and outputs outlive a restart; a temporary one without it.")
  var state: String?

  @Option(help: "What addresses in answers begin with, when the requests' own Host is not it.")
  var publicUrl: String?

  @Option(help: "Where browsers load maplibre-gl.js and maplibre-gl.css from, for the maps on pages.")
  var mapLibrary: String?

  @Option(help: "The release of ArcGIS Server to play, from 9.3 on.")
  var serverVersion: String = Environment.text("server-version") ?? ServerVersion.standard.description

  @Option(help: "How log lines look: text or json.")
  var logFormat: String = Environment.text("log-format") ?? LogFormat.text.rawValue

  @Option(help: "The least level that is logged: trace, debug, info, notice, warning, error, critical.")
  var logLevel: String = Environment.text("log-level") ?? Logger.Level.info.rawValue

  @Flag(help: "Closes the control API at /mock.")
  var noControl = false

  func run() throws {
    // An arena a core: threads that work on large blocks by turns would else leave each its own heap behind.
    linux_limit_arenas(Int32(clamping: WorkerPool.coreCount))
    // A file that may not grow is an error of the write, as a full disk is, not the end of the program.
    signal(SIGXFSZ, SIG_IGN)
    let options = try serverOptions()
    let logger = try logger()
    let server = try start(options, logger)
    // Before the line that tells the world: from then on a signal may come at any moment.
    let signals = StopSignals()
    print("mock-arcgis is ready at \(server.servicesURL)")
    fflush(nil)
    signals.wait()
    logger.info("stopping: requests in flight have 10 seconds")
    server.stop()
  }

  private func serverOptions() throws -> ServerOptions {
    guard let folder = dataDir ?? SampleData.folder() else {
      throw Exit.with(Exit.badData, "the sample data is not there; name a folder of rasters: mock-arcgis serve DIR")
    }
    var options = ServerOptions(dataFolder: folder)
    guard let version = ServerVersion(serverVersion) else {
      throw ValidationError("--server-version has to be a release from 9.3 on, such as 10.9.1, not '\(serverVersion)'.")
    }
    options.version = version
    options.host = host
    options.port = try port ?? Self.environmentPort() ?? 6080
    guard !context.isEmpty, context.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    else {
      throw ValidationError("--context has to be one word of letters, digits, - and _, not '\(context)'.")
    }
    options.context = context
    options.stateFolder = state ?? Environment.text("state")
    options.publicURL = publicUrl ?? Environment.text("public-url")
    if let url = options.publicURL, !url.hasPrefix("http://") && !url.hasPrefix("https://") {
      throw ValidationError("--public-url has to begin with http:// or https://, not '\(url)'.")
    }
    if let library = mapLibrary ?? Environment.text("map-library") { options.mapLibrary = library }
    options.hasControl = !noControl && !Environment.flag("no-control")
    return options
  }

  private static func environmentPort() throws -> UInt16? {
    guard let text = Environment.text("port") else { return nil }
    guard let port = UInt16(text) else {
      throw ValidationError("MOCK_ARCGIS_PORT has to be a number from 0 to 65535, not '\(text)'.")
    }
    return port
  }

  private func logger() throws -> Logger {
    guard let format = LogFormat(rawValue: logFormat) else {
      throw ValidationError("--log-format has to be text or json, not '\(logFormat)'.")
    }
    guard let level = Logger.Level(rawValue: logLevel) else {
      throw ValidationError(
        "--log-level has to be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return Logger(label: "mock-arcgis") { _ in LineLogHandler(format: format, level: level) }
  }

  private func start(_ options: ServerOptions, _ logger: Logger) throws -> MockArcGISServer {
    do {
      return try MockArcGISServer(options, logger: logger)
    } catch let error as CatalogError {
      throw Exit.with(Exit.badData, error.reason)
    } catch let error as ServerError {
      if case .addressInUse = error {
        throw Exit.with(Exit.unavailable, "\(error) Choose another port with --port, or --port 0 for a free one.")
      }
      throw Exit.with(Exit.unavailable, "\(error)")
    }
  }
}
