/// Why a job could not be taken on.
public enum JobError: Error, Sendable, Hashable {
  /// As many jobs as may be are on their way.
  case tooMany(Int)
  /// The database refuses; the text is SQLite's.
  case storage(String)
}

/// Why a job failed, in words for the client: each becomes a message of the job.
public struct JobFailure: Error, Sendable, Hashable {
  /// The messages, the most special one first.
  public var messages: [String]

  /// A failure with its messages.
  public init(_ messages: String...) { self.messages = messages }
}
