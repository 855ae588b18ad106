/// A run of bytes of an open file.
public struct FileRegion: Sendable {
  /// The file.
  public let file: OpenFile
  /// The first byte.
  public let offset: Int
  /// The number of bytes.
  public let count: Int

  /// The whole file.
  public init(_ file: OpenFile) {
    self.init(file, 0..<file.count)
  }

  /// Some bytes of a file; what lies outside of it is left out.
  public init(_ file: OpenFile, _ range: Range<Int>) {
    let inside = range.clamped(to: 0..<file.count)
    self.file = file
    offset = inside.lowerBound
    count = inside.count
  }
}
