import CExpat

/// An element of an XML document, read whole into memory. Names are local ones, without a prefix.
struct XMLElement {
  /// The local name.
  let name: String
  /// The character data of the element itself, blanks at the ends taken off.
  private(set) var text = ""
  /// The elements within.
  private(set) var children: [XMLElement] = []

  /// Reads a document. `nil` when it is not well-formed, or nests deeper than 32 elements.
  init?(parsing document: String) {
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
      Unmanaged<Builder>.fromOpaque(data).takeUnretainedValue().add(String(decoding: bytes, as: UTF8.self))
    }
    let bytes = Array(document.utf8)
    let status = bytes.withUnsafeBytes { buffer in
      XML_Parse(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), 1)
    }
    guard status == XML_STATUS_OK, !builder.isTooDeep, let root = builder.root else { return nil }
    self = root
  }

  private init(name: String) { self.name = name }

  /// The first element of one of the names, whatever their case, at any depth; this one counts too.
  func first(_ names: String...) -> XMLElement? { all(names).first }

  /// All elements of one of the names, whatever their case, at any depth; this one counts too.
  func all(_ names: String...) -> [XMLElement] { all(names) }

  /// The text of the first element of one of the names; `nil` when it is not there or empty.
  func text(of names: String...) -> String? {
    guard let text = all(names).first?.text, !text.isEmpty else { return nil }
    return text
  }

  private func all(_ names: [String]) -> [XMLElement] {
    (names.contains { $0.lowercased() == name.lowercased() } ? [self] : []) + children.flatMap { $0.all(names) }
  }

  private final class Builder {
    var root: XMLElement?
    var isTooDeep = false
    private var open: [XMLElement] = []

    func begin(_ name: String) {
      isTooDeep = isTooDeep || open.count >= 32
      guard !isTooDeep else { return }
      open.append(XMLElement(name: String(name.split(separator: ":").last ?? "")))
    }

    func add(_ text: String) {
      guard !isTooDeep, !open.isEmpty else { return }
      open[open.count - 1].text += text
    }

    func end() {
      guard !isTooDeep, var element = open.popLast() else { return }
      element.text = Arguments.trimmed(element.text)
      if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }
  }
}
