import Catalog
import Dispatch
import Glibc
import HTTP
import Locking
import Logging
import Tiles
import VectorTiles

/// The sources of vector tile services: each is opened once, when it is first asked for, behind the requests. Indexing a
/// large layer takes seconds: who asks meanwhile is called back and holds no thread.
final class VectorLibrary: Sendable {
  private enum Entry: Sendable {
    case opening([@Sendable () -> Void])
    case open(any VectorTileSource)
    case failed(String)
  }

  private let folder: String
  private let logger: Logger
  private let entries = Locked<[String: Entry]>([:])
  private let queue = DispatchQueue(label: "layers", attributes: .concurrent)

  /// A library that keeps the indexes of layers in a folder, which is made when it is needed.
  init(folder: String, logger: Logger) {
    self.folder = folder
    self.logger = logger
  }

  /// Whether a service has been opened, or can't be.
  func isSettled(_ service: VectorService) -> Bool {
    entries.withLock { entries in
      switch entries[service.path] {
      case .open, .failed: true
      case .opening, nil: false
      }
    }
  }

  /// Calls `body` when a service has been opened, or is known not to open: at once, or from another thread.
  func whenSettled(_ service: VectorService, _ body: @escaping @Sendable () -> Void) {
    let (isSettled, isFirst) = entries.withLock { entries -> (Bool, Bool) in
      switch entries[service.path] {
      case .open, .failed: return (true, false)
      case .opening(let waiting):
        entries[service.path] = .opening(waiting + [body])
        return (false, false)
      case nil:
        entries[service.path] = .opening([body])
        return (false, true)
      }
    }
    if isSettled { return body() }
    guard isFirst else { return }
    queue.async { [self] in
      let made: Entry
      do throws(Reason) { made = .open(try open(service)) } catch {
        logger.error("\(service.path)/VectorTileServer can't be served: \(error.text)")
        made = .failed(error.text)
      }
      let waiting = entries.withLock { entries -> [@Sendable () -> Void] in
        defer { entries[service.path] = made }
        if case .opening(let waiting) = entries[service.path] { return waiting }
        return []
      }
      for body in waiting { body() }
    }
  }

  /// The source of a service; waits until it has been opened.
  /// - Throws: `ArcGISError` for one that can't be opened.
  func source(of service: VectorService) throws(ArcGISError) -> any VectorTileSource {
    if !isSettled(service) {
      let isDone = DispatchSemaphore(value: 0)
      whenSettled(service) { isDone.signal() }
      isDone.wait()
    }
    switch entries.withLock({ $0[service.path] }) {
    case .open(let source): return source
    case .failed(let reason):
      throw ArcGISError(
        code: 500, message: "Error: the tiles of the service can't be opened.", status: 500, hint: reason)
    case .opening, nil:
      throw ArcGISError(code: 500, message: "Error: the tiles of the service can't be opened.", status: 500)
    }
  }

  private func open(_ service: VectorService) throws(Reason) -> any VectorTileSource {
    switch service.source {
    case .package(let path):
      do throws(TileCacheError) { return KeptVectorTiles(try TileCache.open(path)) } catch {
        throw Reason(text: error.reason)
      }
    case .layers(let layers):
      mkdir(folder, 0o755)
      do throws(VectorTileError) {
        let made = try CutTiles(layers, buffer: service.settings.buffer, indexesIn: folder)
        for problem in made.problems { logger.warning("\(problem)") }
        return made
      } catch {
        throw Reason(text: error.reason)
      }
    }
  }

  /// Why a source can't be opened.
  private struct Reason: Error {
    let text: String
  }
}

extension Call {
  /// The vector tile service.
  func vectorTileService() throws(ArcGISError) -> VectorService {
    guard let vectorService else { throw .invalidURL }
    return vectorService
  }

  /// The tiles of the vector tile service.
  func vectorTiles() throws(ArcGISError) -> any VectorTileSource {
    try site.vectorTiles.source(of: try vectorTileService())
  }
}
