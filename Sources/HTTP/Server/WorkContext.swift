import Synchronization

/// What a piece of work knows of the request that it is done for.
public final class WorkContext: Sendable {
  private let cancelled = Atomic(false)

  /// A context that nobody has cancelled, as for a test of a handler.
  public init() {}

  /// Whether the answer is no longer wanted: the client has gone away or the server is closing. To be asked between
  /// units of work.
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  func cancel() { cancelled.store(true, ordering: .relaxed) }
}
