/// A file of a package beside its tiles.
public struct PackageMember: Sendable, Hashable {
  /// The path in the package, parts separated by `/`.
  public var name: String
  /// What it holds.
  public var content: Content

  /// What a member holds.
  public enum Content: Sendable, Hashable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A copy of a file, by its path.
    case file(String)
  }

  /// A member from its parts.
  public init(name: String, content: Content) {
    self.name = name
    self.content = content
  }

  /// A member of bytes.
  public init(_ name: String, _ bytes: [UInt8]) { self.init(name: name, content: .bytes(bytes)) }

  func write(to output: any CacheOutput) throws(TileCacheError) {
    switch content {
    case .bytes(let bytes): try output.add(name, bytes)
    case .file(let path): try output.add(name, copying: try InputFile(path: path))
    }
  }
}
