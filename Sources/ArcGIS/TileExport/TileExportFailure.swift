import Jobs

/// Why tile exports fail, in the words that clients look for.
enum TileExportFailure {
  /// More tiles than a service gives; clients compare this text (REST API 1.25).
  static func tooMany(_ count: Int, limit: Int, service: String) -> JobFailure {
    JobFailure(
      "ERROR 001564: Requested tile count(\(count)) exceeds the maximum allowed number of tiles(\(limit)) to be exported for service \(service)."
    )
  }

  /// Nothing to export.
  static func nothing(_ reason: String) -> JobFailure {
    JobFailure("ERROR 001566: There are no tiles to export: \(reason).")
  }

  /// Levels that can't be exported.
  static func levels(_ problem: RequestedLevels.Problem) -> JobFailure {
    JobFailure("ERROR 000800: levels: \(problem.reason).")
  }

  /// What could not be written.
  static func writing(_ service: String, _ reason: String) -> JobFailure {
    JobFailure("ERROR 000582: The tiles of \(service) could not be exported: \(reason).")
  }
}
