import Datasets
import Locking

/// The rasters of one picture: each is opened by the first part of the picture that needs it, and only then.
final class SourcePool: Sendable {
  private let plan: RenderPlan
  private let cache: BlockCache
  private let entries: [Entry]
  private let warnings = Locked<[Rendering.Warning]>([])

  /// A raster that may have been opened. A class because a lock has a place of its own.
  private final class Entry: Sendable {
    let state = Locked<State>(.closed)
  }

  private enum State {
    case closed
    case open(OpenSource)
    case failed
  }

  init(_ plan: RenderPlan, cache: BlockCache) {
    self.plan = plan
    self.cache = cache
    entries = plan.sources.map { _ in Entry() }
  }

  /// Opens a raster, once; `nil` when it can't be opened, which is told once.
  func source(_ index: Int) -> OpenSource? {
    entries[index].state.withLock { (state) -> OpenSource? in
      switch state {
      case .open(let source): return source
      case .failed: return nil
      case .closed:
        do throws(RasterError) {
          let source = try OpenSource(plan.sources[index], for: plan, cache: cache)
          state = .open(source)
          return source
        } catch {
          state = .failed
          warn(index, error)
          return nil
        }
      }
    }
  }

  /// Remembers what went wrong with a raster.
  func warn(_ index: Int, _ error: RasterError) {
    let warning = Rendering.Warning(source: plan.sources[index].name, reason: error.reason)
    warnings.withLock { warnings in
      if !warnings.contains(warning) { warnings.append(warning) }
    }
  }

  /// What went wrong, in an order that doesn't depend on which thread came first.
  var sortedWarnings: [Rendering.Warning] {
    warnings.withLock { $0 }.sorted { ($0.source, $0.reason) < ($1.source, $1.reason) }
  }
}
