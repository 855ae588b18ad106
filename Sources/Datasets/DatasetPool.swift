import Locking

/// Open rasters by path, a bounded number of them: the one that was not used for the longest time is let go for a new one.
///
/// Safe to use from many threads at once. A raster that was let go stays open until its last user is done with it.
public final class DatasetPool: Sendable {
  private let open = Locked(LRUList<String, any RasterDataset>())
  private let limit: Int

  /// - Parameter limit: rasters that are kept open. Each takes a file descriptor, and one more for an `.ovr` and a `.msk`.
  public init(limit: Int = 256) {
    self.limit = max(1, limit)
  }

  /// How many rasters are kept open now.
  public var count: Int { open.withLock { $0.count } }

  /// The raster at a path, opened if it is not open.
  /// - Throws: what `RasterFile.open` throws. Failures are not kept.
  public func dataset(at path: String) throws(RasterError) -> any RasterDataset {
    if let known = open.withLock({ open in open.use(path) }) { return known }
    // Opened outside the lock; when two threads open the same raster, the second one's stays.
    let dataset = try RasterFile.open(path)
    open.withLock { open in
      open.insert(dataset, for: path)
      while open.count > limit { _ = open.removeOldest() }
    }
    return dataset
  }
}
