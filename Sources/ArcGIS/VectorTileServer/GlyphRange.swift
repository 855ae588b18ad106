/// 256 characters of a font, as styles ask for them.
struct GlyphRange {
  /// The first character.
  let first: Int

  /// All ranges of the first 65,536 characters.
  static let all = stride(from: 0, through: 65_280, by: 256).map { GlyphRange(first: $0) }

  /// The name of its file: `0-255.pbf`.
  var fileName: String { "\(first)-\(first + 255).pbf" }

  private init(first: Int) { self.first = first }

  /// The range of a file name, `0-255.pbf` to `65280-65535.pbf`; `nil` for any other.
  init?(fileName: String) {
    guard fileName.hasSuffix(".pbf") else { return nil }
    let ends = fileName.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first % 256 == 0, last == first + 255,
      (0...65_280).contains(first)
    else { return nil }
    self.first = first
  }

  /// A set without glyphs: a stack with its name and range, in the protocol buffers of glyphs.
  func empty(_ stack: String) -> [UInt8] {
    func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      var length = bytes.count
      var head = [number << 3 | 2]
      while length > 127 {
        head.append(UInt8(length & 127) | 128)
        length >>= 7
      }
      return head + [UInt8(length)] + bytes
    }
    return field(1, field(1, Array(stack.utf8)) + field(2, Array("\(first)-\(first + 255)".utf8)))
  }
}
