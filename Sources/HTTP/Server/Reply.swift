/// How a request is answered.
public enum Reply: Sendable {
  /// With what is at hand.
  case now(Response)
  /// With what the worker pool makes: rasters, files, compression, databases. 503 when too much is waiting.
  case work(@Sendable (WorkContext) -> Response)
  /// By whoever completes the responder, from any thread, exactly once.
  case later(@Sendable (Responder) -> Void)
  /// Not at all: the connection is closed.
  case hangUp

  /// The same reply with its response changed before it is sent.
  public func map(_ change: @escaping @Sendable (Response) -> Response) -> Reply {
    switch self {
    case .now(let response): .now(change(response))
    case .work(let make): .work { change(make($0)) }
    case .later(let begin): .later { begin($0.map(change)) }
    case .hangUp: .hangUp
    }
  }
}
