import Catalog
import Datasets
import Dispatch
import Glibc
import Logging
import Locking
import Synchronization
import Warp

/// Opens the rasters of the catalog, large ones that come without overviews together with those that are built for them.
///
/// Overviews are built once, one raster after the other, behind everything else that the server does, and kept in a
/// folder of the state. Until they are there the raster itself is read.
final class RasterLibrary: Sendable {
  private let folder: String
  private let logger: Logger
  private let pool = DatasetPool()
  private let pyramids = Locked<[String: any RasterDataset]>([:])
  private let isStopped = Atomic(false)
  private let queue = DispatchQueue(label: "overviews", qos: .background)

  /// A library that keeps overviews in a folder, which is made when it is needed.
  init(folder: String, logger: Logger) {
    self.folder = folder
    self.logger = logger
  }

  /// The raster at a path.
  /// - Parameter averaged: whether overviews that were built for it may be read, which hold averages: for kernels that
  ///   average themselves, not for those that pick a pixel.
  /// - Throws: `RasterError` when it can't be opened.
  func dataset(at path: String, averaged: Bool) throws(RasterError) -> any RasterDataset {
    let dataset = try pool.dataset(at: path)
    guard averaged, OverviewBuilder.isNeeded(for: dataset.info) else { return dataset }
    return pyramid(of: dataset) ?? dataset
  }

  /// Builds in the background what the services of a catalog lack: statistics first, because every client asks for
  /// them, then overviews.
  func prepare(_ catalog: CatalogStore) {
    queue.async { [self] in
      let services = catalog.allServices.lazy.filter { _ in !self.isStopped.load(ordering: .relaxed) }
        .compactMap { try? catalog.service(at: $0.path) }
        // Tiles are pictures already, of as many levels as they have.
        .filter { $0.kind != .tileCache }
      for service in services { _ = try? catalog.statistics(of: service) }
      for service in services {
        for raster in (try? catalog.rasters(of: service)) ?? [] where OverviewBuilder.isNeeded(for: raster.info) {
          build(raster.path)
        }
      }
    }
  }

  /// Stops building; returns when nothing is written any more.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    queue.sync {}
  }

  private func pyramid(of dataset: any RasterDataset) -> (any RasterDataset)? {
    if let known = pyramids.withLock({ $0[dataset.identity] }) { return known }
    let path = overviews(of: dataset)
    guard access(path, R_OK) == 0, let made = try? PyramidDataset(dataset, overviewsAt: path) else { return nil }
    pyramids.withLock { pyramids in
      // Each holds two open files.
      if pyramids.count >= 64 { pyramids.removeAll() }
      pyramids[dataset.identity] = made
    }
    return made
  }

  private func build(_ path: String) {
    guard !isStopped.load(ordering: .relaxed) else { return }
    do throws(RasterError) {
      let dataset = try RasterFile.open(path)
      let file = overviews(of: dataset)
      guard access(file, R_OK) != 0 else { return }
      mkdir(folder, 0o755)
      logger.info("building overviews of \(path)")
      if try OverviewBuilder(dataset).build(at: file, isCancelled: { isStopped.load(ordering: .relaxed) }) {
        logger.info("built overviews of \(path)")
      }
    } catch {
      logger.warning("\(path) gets no overviews: \(error.reason)")
    }
  }

  /// A name that follows from path, size and time of the raster (FNV-1a).
  private func overviews(of dataset: any RasterDataset) -> String {
    let hash = dataset.identity.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\(folder)/\(String(hash, radix: 16)).tif"
  }
}
