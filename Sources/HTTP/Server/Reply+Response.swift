import Dispatch

extension Reply {
  /// The response that a client would get, made and waited for on the calling thread: for tests of handlers, which need
  /// no server then. Nil when the reply hangs up or nothing comes in time.
  public func response(within patience: Duration = .seconds(10)) -> Response? {
    switch self {
    case .now(let response): return response
    case .work(let make): return make(WorkContext())
    case .hangUp: return nil
    case .later(let begin):
      let result = Shared<Reply?>(nil)
      let arrived = DispatchSemaphore(value: 0)
      // Held by nobody here, so that a dropped responder is seen as one.
      begin(
        Responder(
          context: WorkContext(),
          deliver: { reply in
            result.value.withLock { $0 = reply }
            arrived.signal()
          },
          schedule: { delay, action in
            DispatchQueue.global().asyncAfter(deadline: .now() + delay.interval, execute: action)
          }))
      guard arrived.wait(timeout: .now() + patience.interval) == .success else { return nil }
      return result.value.withLock { $0 }?.response(within: patience)
    }
  }
}

extension Duration {
  fileprivate var interval: DispatchTimeInterval {
    let (seconds, attoseconds) = components
    return .nanoseconds(Int(clamping: seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
  }
}
