import Catalog
import Glibc
import Locking
import Logging
import Tiles
import VectorTiles

/// The open sources of vector tile services: each is opened when it is first asked for, once.
final class VectorLibrary: Sendable {
  private final class Entry: Sendable {
    let source = Locked<(any VectorTileSource)?>(nil)
  }

  private let folder: String
  private let logger: Logger
  private let entries = Locked<[String: Entry]>([:])

  /// A library that keeps the indexes of layers in a folder, which is made when it is needed.
  init(folder: String, logger: Logger) {
    self.folder = folder
    self.logger = logger
  }

  /// The source of a service. Whoever comes while it is being opened waits.
  /// - Throws: `ArcGISError` for one that can't be opened; the next one to ask tries again.
  func source(of service: VectorService) throws(ArcGISError) -> any VectorTileSource {
    let entry = entries.withLock { entries in
      let entry = entries[service.path] ?? Entry()
      entries[service.path] = entry
      return entry
    }
    return try entry.source.withLock { (source) throws(ArcGISError) in
      if let source { return source }
      do throws(Reason) {
        let made = try open(service)
        source = made
        return made
      } catch {
        logger.error("\(service.path)/VectorTileServer can't be served: \(error.text)")
        throw ArcGISError(
          code: 500, message: "Error: the tiles of the service can't be opened.", status: 500,
          hint: error.text)
      }
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
