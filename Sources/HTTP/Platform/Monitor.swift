import Glibc

/// A value behind a lock, and threads that wait until it has become what they need: a POSIX mutex and condition
/// variable.
///
/// For threads that sleep until there is something to do; where nobody waits for more than its turn, `Locked` is enough.
///
/// `@unchecked Sendable` holds because `value` is touched by nobody but the holder of `mutex`, and because the mutex and
/// the condition stay at one address from `init` to `deinit`.
final class Monitor<Value>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  init(_ initial: sending Value) {
    value = initial
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Changes the value and wakes one of those who wait.
  func update<Result: Sendable>(_ change: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    pthread_cond_signal(condition)
    return change(&value)
  }

  /// Changes the value and wakes all of those who wait.
  func updateForAll(_ change: (inout Value) -> Void) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    pthread_cond_broadcast(condition)
    change(&value)
  }

  /// Waits until `take` gives something.
  func wait<Result: Sendable>(_ take: (inout Value) -> Result?) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = take(&value) { return result }
      pthread_cond_wait(condition, mutex)
    }
  }
}
