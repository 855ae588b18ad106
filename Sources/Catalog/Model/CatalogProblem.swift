/// A file or folder of the data folder that is not served as it stands, and why.
public struct CatalogProblem: Sendable, Hashable {
  /// Path inside the data folder, parts divided by `/`.
  public let path: String
  /// The reason, in one sentence for the owner of the file.
  public let reason: String
  /// Whether the file is left out (`error`) or served all the same (`warning`).
  public let severity: Severity

  /// How much a problem costs.
  public enum Severity: String, Sendable, Codable {
    /// Served, but something in it is not understood.
    case warning
    /// Not served.
    case error
  }

  /// A problem from its parts.
  public init(path: String, reason: String, severity: Severity) {
    self.path = path
    self.reason = reason
    self.severity = severity
  }
}
