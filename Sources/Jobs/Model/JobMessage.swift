/// A line of a job's log, as clients read it (REST API 2.5).
public struct JobMessage: Sendable, Hashable {
  /// What kind of line it is.
  public var kind: Kind
  /// The text.
  public var text: String

  /// The kinds of lines, under the names of the REST API.
  public enum Kind: String, Sendable {
    case informative = "esriJobMessageTypeInformative"
    case warning = "esriJobMessageTypeWarning"
    case error = "esriJobMessageTypeError"
  }

  /// A message of a kind.
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// A line that only informs.
  public static func informative(_ text: String) -> JobMessage { JobMessage(.informative, text) }
}
