/// An error that can say what the system refused: a full disk, a folder that can't be written.
public protocol SystemFailure: Error {
  /// The error for a refusal of the system.
  /// - Parameter text: what failed and why.
  static func system(_ text: String) -> Self
}
