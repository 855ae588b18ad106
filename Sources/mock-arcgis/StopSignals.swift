import Glibc

/// SIGTERM and SIGINT, which ask the program to stop.
struct StopSignals {
  private static let numbers = [SIGTERM, SIGINT]

  /// What the handler may do at any moment in any thread is to post a semaphore. Made once and never freed; only calls that
  /// POSIX makes safe between threads touch it.
  private nonisolated(unsafe) static let arrived: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    return semaphore
  }()

  /// From here on the signals are held for `wait`.
  init() {
    // Made before the first signal: a handler can't wait for what it interrupts.
    _ = Self.arrived
    for number in Self.numbers { signal(number) { _ in sem_post(StopSignals.arrived) } }
    // Who starts a program from a thread that holds signals back hands that on to it.
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in Self.numbers { sigaddset(&mask, number) }
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// Waits for one of them. After that a second one ends the program at once.
  func wait() {
    while sem_wait(Self.arrived) != 0 {}
    for number in Self.numbers { signal(number, SIG_DFL) }
  }
}
