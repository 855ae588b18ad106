/// Why a where clause is refused.
public struct WhereError: Error, Sendable, Hashable {
  /// What is wrong, in words for the client.
  public let reason: String
  /// Where, in bytes of the clause's UTF-8 from 0.
  public let position: Int
}
