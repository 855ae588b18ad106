import Dispatch
import Glibc

/// SIGTERM and SIGINT, which ask the program to stop.
struct StopSignals {
  private static let numbers = [SIGTERM, SIGINT]

  private let arrived = DispatchSemaphore(value: 0)
  private let sources: [any DispatchSourceSignal]

  /// From here on the signals are held for `wait`.
  init() {
    let arrived = arrived
    sources = Self.numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrived.signal() }
      source.resume()
      return source
    }
  }

  /// Waits for one of them. After that a second one ends the program at once.
  func wait() {
    arrived.wait()
    for source in sources { source.cancel() }
    for number in Self.numbers { signal(number, SIG_DFL) }
  }
}
