/// A body that is made while the socket drains: pulled piece by piece, each only when the one before has gone.
///
/// State between pulls belongs into a `Locked` that the closure captures. Pulls of one stream never overlap.
public struct BodyStream: Sendable {
  /// What one pull gives.
  public enum Step: Sendable {
    /// The next bytes. An empty array is pulled over.
    case bytes([UInt8])
    /// Nothing yet: pull again after this time.
    case wait(Duration)
    /// The body is whole.
    case end
    /// The body can't be finished: the connection is cut so that the client sees a short answer as one.
    case cut
  }

  /// The length in bytes; nil when unknown (chunks in HTTP/1.1, the end of the connection in HTTP/1.0).
  public let count: Int?
  /// Whether pulls take their time and run on the worker pool instead of the loop.
  public let isHeavy: Bool
  let next: @Sendable () -> Step

  /// - Parameters:
  ///   - count: the length in bytes if it is known. A stream that ends before or goes on past it is cut.
  ///   - isHeavy: whether `next` reads files, encodes or compresses.
  ///   - next: makes the next piece.
  public init(count: Int? = nil, isHeavy: Bool = false, next: @escaping @Sendable () -> Step) {
    self.count = count
    self.isHeavy = isHeavy
    self.next = next
  }
}
