/// Why a job could not be taken on.
public enum JobError: Error, Sendable, Hashable {
  /// As many jobs as may be are on their way.
  case tooMany(Int)
  /// The world is gone.
  case worldIsGone
  /// The database refuses; the text is SQLite's.
  case storage(String)
  /// The file is no database, or a broken one; the text is SQLite's.
  case damaged(String)
}

/// Why a job failed, in words for the client: each becomes a message of the job.
public struct JobFailure: Error, Sendable, Hashable {
  /// The messages, the most special one first.
  public var messages: [String]

  /// A failure with its messages.
  public init(_ messages: String...) { self.messages = messages }
}
