import CExpat

/// The texts of an XML document, each with the path of local names that leads to it, in the order of the document.
struct XMLLeaves: Sendable {
  /// A path such as `CacheInfo/TileCacheInfo/TileCols`, and the text there, blanks at the ends taken off.
  private(set) var texts: [(path: String, text: String)] = []

  /// Texts that a document may have, many times what describes a cache: each is kept with its path.
  private static let limit = 4096

  /// Bytes that a text may have, several times those of a spatial reference.
  private static let longestText = 1 << 18

  /// Reads a document. `nil` when it is not well-formed, nests deeper than 32 elements or has too many texts or too long ones.
  init?(_ document: [UInt8]) {
    guard let parser = XML_ParserCreate("UTF-8") else { return nil }
    defer { XML_ParserFree(parser) }
    let builder = Builder()
    // The builder outlives the parse, and callbacks come only from within it.
    XML_SetUserData(parser, Unmanaged.passUnretained(builder).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, _ in
        guard let data, let name else { return }
        Unmanaged<Builder>.fromOpaque(data).takeUnretainedValue().begin(String(cString: name))
      },
      { data, _ in
        guard let data else { return }
        Unmanaged<Builder>.fromOpaque(data).takeUnretainedValue().end()
      })
    XML_SetCharacterDataHandler(parser) { data, characters, count in
      guard let data, let characters else { return }
      let bytes = UnsafeRawBufferPointer(start: characters, count: Int(count))
      Unmanaged<Builder>.fromOpaque(data).takeUnretainedValue().add(bytes)
    }
    let status = document.withUnsafeBytes { buffer in
      XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), 1)
    }
    guard status == XML_STATUS_OK, !builder.isTooLarge else { return nil }
    texts = builder.texts
  }

  /// The first text whose path ends with a name or names.
  func first(_ ending: String) -> String? { texts.first { Self.ends($0.path, with: ending) }?.text }

  /// The first number whose path ends so.
  func number(_ ending: String) -> Double? { first(ending).flatMap(Double.init) }

  /// Whether a path ends with a name or names.
  static func ends(_ path: String, with ending: String) -> Bool { path == ending || path.hasSuffix("/" + ending) }

  private final class Builder {
    var texts: [(path: String, text: String)] = []
    var isTooLarge = false
    private var names: [String] = []
    private var text: [UInt8] = []
    private var isLeaf = false

    func begin(_ name: String) {
      isTooLarge = isTooLarge || names.count >= 32 || texts.count >= XMLLeaves.limit
      guard !isTooLarge else { return }
      names.append(String(name.split(separator: ":").last?.prefix(64) ?? ""))
      text = []
      isLeaf = true
    }

    func add(_ bytes: UnsafeRawBufferPointer) {
      isTooLarge = isTooLarge || text.count + bytes.count > XMLLeaves.longestText
      if isLeaf, !isTooLarge { text += bytes }
    }

    func end() {
      guard !isTooLarge, !names.isEmpty else { return }
      if isLeaf {
        let first = text.firstIndex { $0 > 0x20 } ?? text.endIndex
        let end = (text.lastIndex { $0 > 0x20 } ?? -1) + 1
        let trimmed = text[first..<max(first, end)]
        texts.append((names.joined(separator: "/"), String(decoding: trimmed, as: UTF8.self)))
      }
      isLeaf = false
      names.removeLast()
    }
  }
}
