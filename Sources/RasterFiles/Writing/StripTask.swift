import Dispatch
import Locking

/// The reading and preparing of one strip: done once, by whoever comes first.
///
/// The one who wants the strip does the work himself when no other thread has begun it. So he never waits for a thread that a
/// busy system does not give him.
final class StripTask: Sendable {
  private enum State {
    case waiting
    case running
    case done(Result<PreparedStrip, RasterFileError>)
    case over
  }

  private let state = Locked(State.waiting)
  private let isDone = DispatchSemaphore(value: 0)
  private let work: @Sendable () throws(RasterFileError) -> PreparedStrip

  /// A task that nobody has begun.
  init(_ work: @escaping @Sendable () throws(RasterFileError) -> PreparedStrip) { self.work = work }

  /// Does the work unless somebody has begun it, or nobody wants it any more.
  func run() {
    let isMine = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running
      return true
    }
    guard isMine else { return }
    let result: Result<PreparedStrip, RasterFileError>
    do throws(RasterFileError) { result = .success(try work()) } catch { result = .failure(error) }
    state.withLock { $0 = .done(result) }
    isDone.signal()
  }

  /// The strip, which is to be had once; waits for the one who works on it.
  func strip() throws(RasterFileError) -> PreparedStrip {
    run()
    isDone.wait()
    let result = state.withLock { state -> Result<PreparedStrip, RasterFileError> in
      guard case .done(let result) = state else { return .failure(.cancelled) }
      // The bytes are let go with the strip, not with the task.
      state = .over
      return result
    }
    return try result.get()
  }

  /// Sees to it that nobody works on the strip any more when this returns.
  func abandon() {
    let isRunning = state.withLock { state in
      if case .running = state { return true }
      state = .over
      return false
    }
    if isRunning { isDone.wait() }
  }
}
