import Dispatch

/// A piece of work whose result is wanted later: done once, by whoever comes first.
///
/// The one who wants the result does the work himself when no other thread has begun it. So he never waits for a thread that
/// a busy system does not give him.
public final class PendingResult<Value: Sendable, Failure: Error>: Sendable {
  private enum State {
    case waiting
    case running
    case done(Result<Value, Failure>)
    case over
  }

  private let state = Locked(State.waiting)
  private let isDone = DispatchSemaphore(value: 0)
  private let work: @Sendable () throws(Failure) -> Value

  /// Work that nobody has begun.
  public init(_ work: @escaping @Sendable () throws(Failure) -> Value) { self.work = work }

  /// Does the work unless somebody has begun it, or nobody wants it any more.
  public func run() {
    let isMine = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .running
      return true
    }
    guard isMine else { return }
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try work()) } catch { result = .failure(error) }
    state.withLock { $0 = .done(result) }
    isDone.signal()
  }

  /// The result, which is to be had once; waits for the one who works on it.
  /// - Returns: `nil` when it was had before, or abandoned.
  public func value() throws(Failure) -> Value? {
    run()
    let isOver = state.withLock { if case .over = $0 { true } else { false } }
    if isOver { return nil }
    isDone.wait()
    let result = state.withLock { state -> Result<Value, Failure>? in
      guard case .done(let result) = state else { return nil }
      // The value is let go with its taker, not with the work.
      state = .over
      return result
    }
    return try result?.get()
  }

  /// Sees to it that nobody works on it any more when this returns.
  public func abandon() {
    let isRunning = state.withLock { state in
      if case .running = state { return true }
      state = .over
      return false
    }
    if isRunning { isDone.wait() }
  }
}
