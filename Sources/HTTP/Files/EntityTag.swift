/// An entity tag (RFC 9110 8.8.3).
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
  /// What stands between the quotation marks.
  public let opaque: String
  /// Whether it promises equal meaning only, not equal bytes.
  public let isWeak: Bool

  /// A tag; characters that a tag can't hold are left out.
  public init(_ opaque: String, isWeak: Bool = false) {
    self.opaque = String(decoding: opaque.utf8.filter(EntityTag.allows), as: UTF8.self)
    self.isWeak = isWeak
  }

  /// As it is written in a field.
  public var description: String { (isWeak ? "W/\"" : "\"") + opaque + "\"" }

  /// Strong comparison: the same bytes.
  public func stronglyEquals(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

  /// Weak comparison: the same meaning.
  public func weaklyEquals(_ other: EntityTag) -> Bool { opaque == other.opaque }

  /// The tags of a field value such as `"a", W/"b"`, or nil if it is no such list.
  static func list(_ text: String) -> [EntityTag]? {
    var tags: [EntityTag] = []
    var rest = Substring(text).utf8
    func skip(_ isSkipped: (UInt8) -> Bool) { while let byte = rest.first, isSkipped(byte) { rest = rest.dropFirst() } }
    while true {
      skip { $0.isBlank || $0 == ASCII.comma }
      guard !rest.isEmpty else { return tags.isEmpty ? nil : tags }
      let isWeak = rest.starts(with: "W/".utf8)
      if isWeak { rest = rest.dropFirst(2) }
      guard rest.first == ASCII.quote else { return nil }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: ASCII.quote), rest[..<end].allSatisfy(allows) else { return nil }
      tags.append(EntityTag(String(decoding: rest[..<end], as: UTF8.self), isWeak: isWeak))
      rest = rest[rest.index(after: end)...]
      skip(\.isBlank)
      guard rest.isEmpty || rest.first == ASCII.comma else { return nil }
    }
  }

  private static func allows(_ byte: UInt8) -> Bool { byte == 0x21 || byte >= 0x23 && byte != 0x7F }
}
