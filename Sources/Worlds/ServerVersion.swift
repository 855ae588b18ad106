/// A release of ArcGIS Server: 9.3, 10.2.2, 11.1 …
public struct ServerVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first number.
  public let major: Int
  /// The second number.
  public let minor: Int
  /// The third number, 0 where there is none.
  public let patch: Int

  /// A release by its numbers.
  public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `11.1`, `10.9.1` or `10.91`, as the product and its REST API write a release.
  /// - Returns: `nil` for a text that names no release from 9.3 to 12.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard (1...3).contains(parts.count), parts.allSatisfy({ (0...99).contains($0) }) else { return nil }
    var minor = parts.count > 1 ? parts[1] : 0
    var patch = parts.count > 2 ? parts[2] : 0
    // What 10.0 with its service pack calls itself.
    if text == "10.01" { (minor, patch) = (0, 0) }
    if parts.count == 2, minor > 9 { (minor, patch) = (minor / 10, minor % 10) }
    guard ServerVersion.oldest...ServerVersion(12, 99) ~= ServerVersion(parts[0], minor, patch) else { return nil }
    self.init(parts[0], minor, patch)
  }

  /// The release that is played when nothing else is asked for.
  public static let standard = ServerVersion(11, 1)
  /// The oldest release that can be played.
  public static let oldest = ServerVersion(9, 3)

  /// `currentVersion` in answers: 10.9.1 is the number 10.91 (REST API 7.4).
  public var number: Double {
    self == ServerVersion(10, 0) ? 10.01 : Double(major) + (Double(minor) * 10 + Double(patch)) / 100
  }

  /// `fullVersion` in answers: from 11 on always three numbers.
  public var full: String { major >= 11 || patch > 0 ? "\(major).\(minor).\(patch)" : "\(major).\(minor)" }

  /// The release as people write it.
  public var description: String { patch > 0 ? "\(major).\(minor).\(patch)" : "\(major).\(minor)" }

  /// Whether one release came before another.
  public static func < (left: ServerVersion, right: ServerVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

/// From which release on something exists, and the release that dropped it.
public struct VersionSpan: Hashable, Sendable {
  /// The first release that has it.
  public let since: ServerVersion
  /// The first release that has it no longer; `nil` while all later ones do.
  public let dropped: ServerVersion?

  /// A span of releases.
  public init(since: ServerVersion, dropped: ServerVersion? = nil) {
    self.since = since
    self.dropped = dropped
  }

  /// Whether a release has it.
  public func contains(_ version: ServerVersion) -> Bool {
    since <= version && (dropped.map { version < $0 } ?? true)
  }
}
