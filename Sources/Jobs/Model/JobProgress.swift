/// How far an executing job has come (REST API 2.5).
public struct JobProgress: Sendable, Hashable {
  /// What is being done.
  public var message: String
  /// The share that is done, 0 to 100; `nil` where nobody knows.
  public var percent: Int?

  /// Progress in words, and as a share.
  public init(_ message: String, percent: Int? = nil) {
    self.message = message
    self.percent = percent.map { min(100, max(0, $0)) }
  }
}
