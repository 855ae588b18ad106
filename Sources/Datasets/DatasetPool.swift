import Caching
import Locking

/// Open rasters by path, a bounded number of them: the one that was not used for the longest time is let go for a new one.
///
/// Safe to use from many threads at once. A raster that was let go stays open until its last user is done with it.
public final class DatasetPool: Sendable {
  private let open = Locked(LRUList<String, any RasterDataset>())
  private let limit: Int
  private let opening: Opening

  /// What opens a raster that is not open.
  typealias Opening = @Sendable (_ path: String) throws(RasterError) -> any RasterDataset

  /// - Parameter limit: rasters that are kept open. Each takes a file descriptor, and one more for an `.ovr`, a `.msk` and
  ///   a `.msk.ovr`.
  public convenience init(limit: Int = 256) {
    self.init(limit: limit) { (path) throws(RasterError) in try RasterFile.open(path) }
  }

  init(limit: Int, opening: @escaping Opening) {
    self.limit = max(1, limit)
    self.opening = opening
  }

  /// How many rasters are kept open now.
  public var count: Int { open.withLock { $0.count } }

  /// The raster at a path, opened if it is not open. Where too many files are open for that, those rasters of the pool
  /// that were not used for the longest time, half of all, are let go first.
  /// - Throws: what `RasterFile.open` throws. Failures are not kept.
  public func dataset(at path: String) throws(RasterError) -> any RasterDataset {
    if let known = open.withLock({ open in open.use(path) }) { return known }
    // Opened outside the lock; when two threads open the same raster, the second one's stays.
    let dataset = try opened(path)
    open.withLock { open in
      open.insert(dataset, for: path)
      while open.count > limit { _ = open.removeOldest() }
    }
    return dataset
  }

  private func opened(_ path: String) throws(RasterError) -> any RasterDataset {
    do throws(RasterError) { return try opening(path) } catch {
      guard case .exhausted = error else { throw error }
      open.withLock { open in
        for _ in 0..<(open.count + 1) / 2 { _ = open.removeOldest() }
      }
      return try opening(path)
    }
  }
}
