import Glibc

/// A time that never goes back, in nanoseconds.
struct Tick: Comparable {
  static let never = Tick(nanoseconds: .max)

  var nanoseconds: Int64

  static var now: Tick {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Tick(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }

  static func < (a: Tick, b: Tick) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The tick after some time; a time too long to count is `never`.
  func advanced(by duration: Duration) -> Tick {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = max(0, seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = whole.addingReportingOverflow(nanoseconds &+ max(0, attoseconds) / 1_000_000_000)
    return overflow || carry ? .never : Tick(nanoseconds: sum)
  }

  /// Milliseconds until another tick, rounded up, as epoll counts: 0 if it is past, -1 for never.
  func milliseconds(until other: Tick) -> Int32 {
    if other == .never { return -1 }
    let left = max(0, other.nanoseconds - nanoseconds)
    return Int32(clamping: (left + 999_999) / 1_000_000)
  }
}
