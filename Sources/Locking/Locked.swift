import Glibc

/// A value behind a lock: who wants it waits its turn.
///
/// `Synchronization.Mutex` on POSIX threads. The thread sanitizer knows these, and takes the standard library's own futex
/// for no lock at all: with it every use would be reported as a race.
public struct Locked<Value>: ~Copyable {
  @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline let value: UnsafeMutablePointer<Value>

  /// A lock around a value that nobody else holds.
  public init(_ value: consuming sending Value) {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    value.deinitialize(count: 1)
    value.deallocate()
  }

  /// Uses the value while nobody else can. Not to be called again from within `body`.
  @inlinable
  public borrowing func withLock<Result, E: Error>(
    _ body: (inout sending Value) throws(E) -> sending Result
  ) throws(E) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value.pointee)
  }
}

// The value came in by `sending` and is reached only under the lock, so it crosses threads one holder at a time.
extension Locked: @unchecked Sendable {}
