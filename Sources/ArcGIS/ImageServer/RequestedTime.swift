import Catalog
import Worlds

/// The parameter of the operations that look at the times of rasters (REST API 1.3.1, 1.10, 4.9).
enum RequestedTime {
  static let parameter = Parameter(
    "time", title: "Time", .time, defaultText: "all times", since: ServerVersion(10, 0),
    "The moment or span of the rasters that are meant. Where a service has no timeInfo it changes nothing.")
}

extension ParameterType where Value == TimeSpan {
  /// A moment, or a span with an open end or two.
  static let time = ParameterType(
    "ms or start,end: whole milliseconds since 1970 UTC, the start not after the end; null opens an end of a span"
  ) { text in
    let parts = text.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false).map {
      Arguments.trimmed(String($0))
    }
    func end(_ part: String, open: Int64) -> Int64? { part.lowercased() == "null" ? open : milliseconds(part) }
    switch parts.count {
    case 1: return milliseconds(parts[0]).map { $0...$0 }
    case 2:
      guard let start = end(parts[0], open: .min), let end = end(parts[1], open: .max), start <= end else { return nil }
      return start...end
    default: return nil
    }
  }

  /// A whole number, also one with an exponent or a fraction of zero.
  private static func milliseconds(_ text: String) -> Int64? {
    Int64(text) ?? finiteNumber(text).flatMap { Int64(exactly: $0) }
  }
}
