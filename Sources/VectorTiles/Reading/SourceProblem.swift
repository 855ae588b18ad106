/// What is wrong with a feature of a file whose other features are well.
public struct SourceProblem: Sendable, Hashable {
  /// Which feature of the file it is, counted from 1.
  public var feature: Int
  /// The byte at which the feature begins, counted from 0.
  public var offset: Int
  /// What is wrong, in one sentence without the full stop.
  public var reason: String
  /// Whether something of the feature is missing from the tiles; otherwise it was mended.
  public var isLoss: Bool

  /// A problem from its parts.
  public init(feature: Int, offset: Int, reason: String, isLoss: Bool) {
    self.feature = feature
    self.offset = offset
    self.reason = reason
    self.isLoss = isLoss
  }

  /// Problems of a file that are kept; the others are only counted.
  static let mostKept = 100
}
