/// A file as it was when it was looked at: a stamp that has not changed means that the file has not.
public struct FileStamp: Sendable, Hashable {
  /// The name in its folder.
  public let name: String
  /// Bytes.
  public let size: Int64
  /// The time of the last change, in nanoseconds since 1970.
  public let modified: Int64

  /// A stamp from its parts.
  public init(name: String, size: Int64, modified: Int64) {
    self.name = name
    self.size = size
    self.modified = modified
  }
}
