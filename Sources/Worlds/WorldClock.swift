import Glibc
import Locking

/// What the time is in a world: real time, or real time moved by a fixed amount.
public final class WorldClock: Sendable {
  private let start: Int?
  private let offset: Locked<Int>

  /// A clock that shows `start` (milliseconds since 1970, UTC) now and goes on from there; real time without it.
  public init(start: Int? = nil) {
    self.start = start
    offset = Locked(Self.offset(for: start))
  }

  private static func offset(for start: Int?) -> Int { start.map { $0 - realTime() } ?? 0 }

  /// Milliseconds since 1970, UTC.
  public var now: Int { Self.realTime() + offset.withLock { $0 } }

  /// Shows again what it showed when it was made.
  public func reset() { offset.withLock { $0 = Self.offset(for: start) } }

  private static func realTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
