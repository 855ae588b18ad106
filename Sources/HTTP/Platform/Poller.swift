import CLinux
import Glibc

/// Waits for descriptors (epoll).
final class Poller: Sendable {
  private let descriptor: Int32

  init() throws(SystemError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError.current("epoll_create1") }
  }

  deinit { close(descriptor) }

  /// Watches a descriptor; `token` comes back with its events. False when the system refuses.
  @discardableResult
  func add(_ watched: Int32, _ events: UInt32, token: UInt64) -> Bool {
    var event = epoll_event()
    event.events = events
    event.data.u64 = token
    return epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0
  }

  func remove(_ watched: Int32) {
    epoll_ctl(descriptor, EPOLL_CTL_DEL, watched, nil)
  }

  /// Waits at most so many milliseconds, for ever with -1. Returns how many events were stored.
  func wait(_ events: inout [epoll_event], _ milliseconds: Int32) -> Int {
    max(0, Int(epoll_wait(descriptor, &events, Int32(events.count), milliseconds)))
  }
}
