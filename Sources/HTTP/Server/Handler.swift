/// Answers requests. Called on the loop that owns the connection, so it decides quickly and hands what takes time to
/// `Reply.work`.
public protocol Handler: Sendable {
  /// How the request is answered.
  func reply(to request: Request) -> Reply

  /// The answer to a request that the server itself refuses. The connection closes after it, save when the queue of the
  /// worker pool is full.
  func response(to refusal: Refusal) -> Response
}

extension Handler {
  /// A plain text answer that says the reason.
  public func response(to refusal: Refusal) -> Response { refusal.response }
}
