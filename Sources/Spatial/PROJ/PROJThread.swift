import CPROJ
import Glibc

/// What PROJ keeps for one thread: its context, and the transformations that were made in it.
///
/// PROJ's objects may be used by one thread at a time, so each thread has its own; it goes with the thread.
final class PROJThread {
  let context: PROJContext
  var transformations = RecentCache<TransformationKey, Transformation>(capacity: 64)

  private init() {
    context = PROJContext()
  }

  /// The calling thread's.
  static var current: PROJThread {
    if let stored = pthread_getspecific(key) {
      return Unmanaged<PROJThread>.fromOpaque(stored).takeUnretainedValue()
    }
    let made = PROJThread()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key) { stored in
      if let stored { Unmanaged<PROJThread>.fromOpaque(stored).release() }
    }
    precondition(status == 0, "the process has no thread-local keys left")
    return key
  }()
}

@available(*, unavailable)
extension PROJThread: Sendable {}
