import Datasets
import Dispatch
import Locking
import Synchronization

/// Reads what raster files say of themselves, several at once.
struct RasterScan: Sendable {
  /// The data folder.
  let root: String
  /// How many files are read at once.
  let threads: Int

  /// The result for each raster, in the order of `sources`.
  func read(_ sources: [RasterSource]) -> [Result<RasterInfo, RasterError>] {
    let results = Locked([Result<RasterInfo, RasterError>?](repeating: nil, count: sources.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, sources.count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < sources.count else { return }
        let result = read(sources[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  private func read(_ source: RasterSource) -> Result<RasterInfo, RasterError> {
    if let stray = source.strayFile {
      return .failure(.unsupported("Its side file \(stray) is a link that leads nowhere or out of the data folder."))
    }
    do throws(RasterError) {
      return .success(try RasterFile.open("\(root)/\(source.path)").info)
    } catch {
      return .failure(error)
    }
  }
}
