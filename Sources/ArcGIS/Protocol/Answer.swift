import JSONValue

/// What an operation gives; how it becomes bytes is the concern of `AnswerWriter` alone.
enum Answer: Sendable {
  /// A JSON value; with `f=html` a page about it.
  case json(JSON, page: PageContent = .generic)
  /// A JSON text that was written before.
  case text([UInt8], type: String)
  /// Bytes of another kind, with the name under which a browser should save them.
  case bytes([UInt8], type: String, name: String? = nil)
  /// A file of an output directory.
  case file(path: String, type: String, name: String?)
  /// Another address.
  case redirect(String)
}

/// What a page of the Services Directory shows besides what all pages have.
enum PageContent: Sendable {
  /// The members of the JSON value as a list of definitions.
  case generic
  /// A picture by its address, and the members of the JSON value.
  case picture(address: String)
  /// Links under headings, and the members that are no links.
  case links([LinkList])

  /// Links under a heading.
  struct LinkList: Sendable {
    var heading: String
    var links: [(text: String, address: String, note: String)]
  }
}
