import Locking

/// Values kept while together they fit into a bound of bytes, the last used ones longest.
///
/// Safe to use from many threads at once.
public final class ByteCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct State {
    var values = LRUList<Key, (value: Value, bytes: Int)>()
    var bytes = 0
  }

  /// The most bytes that are kept.
  public let capacity: Int
  /// Bytes that an entry costs besides its value.
  private static var overhead: Int { 256 }
  private let state = Locked(State())

  /// A cache that keeps at most so many bytes.
  public init(capacity: Int) { self.capacity = capacity }

  /// Bytes that are kept now.
  public var byteCount: Int { state.withLock { $0.bytes } }

  /// The value of a key, which becomes the last used one.
  public subscript(key: Key) -> Value? { state.withLock { $0.values.use(key)?.value } }

  /// Keeps a value; one that takes more than an eighth of the bound is not kept.
  /// - Parameter bytes: what it weighs.
  public func keep(_ value: Value, for key: Key, bytes: Int) {
    let bytes = bytes + Self.overhead
    guard bytes <= capacity / 8 else { return }
    state.withLock { state in
      let replaced = state.values.insert((value, bytes), for: key)
      state.bytes += bytes - (replaced?.bytes ?? 0)
      while state.bytes > capacity, let oldest = state.values.removeOldest() { state.bytes -= oldest.value.bytes }
    }
  }
}
