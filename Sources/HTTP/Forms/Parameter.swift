/// One name and value of a query or a form.
public struct Parameter: Sendable, Hashable {
  /// The decoded name.
  public let name: String
  /// The decoded value.
  public let value: String

  /// A pair.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
