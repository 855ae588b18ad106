import Worlds

/// The parameters of one request, read and checked against the operation's declaration.
public struct Arguments: Sendable {
  private let values: [String: any Sendable]
  /// The texts as they were sent, by the documented spelling, for the form of the answering page.
  let texts: [String: String]

  /// No parameters at all.
  static let none = Arguments()

  private init() {
    values = [:]
    texts = [:]
  }

  /// What was sent as it is, for a form to show again; no parameter has a value.
  init(unread sent: [(name: String, value: String)], declared: [any ParameterDeclaration]) {
    values = [:]
    texts = Dictionary(
      declared.compactMap { parameter in Self.text(of: parameter.name, in: sent).map { (parameter.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Reads what was sent.
  /// - Parameters:
  ///   - sent: names and values, in the order in which they override one another.
  ///   - declared: the operation's parameters; what is not among them, or unknown to the release, is ignored.
  init(
    _ sent: [(name: String, value: String)], declared: [any ParameterDeclaration], version: ServerVersion
  ) throws(ArcGISError) {
    var values: [String: any Sendable] = [:]
    var texts: [String: String] = [:]
    for parameter in declared where parameter.versions.contains(version) {
      guard let text = Self.text(of: parameter.name, in: sent) else {
        if parameter.isRequired { throw parameter.missing }
        continue
      }
      texts[parameter.name] = text
      values[parameter.name] = try parameter.value(of: text)
    }
    self.values = values
    self.texts = texts
  }

  /// What the request says, else the declared default, else `nil`.
  public subscript<Value>(parameter: Parameter<Value>) -> Value? {
    values[parameter.name] as? Value ?? parameter.standard
  }

  /// The text of a parameter: the last one of the very spelling, else the last one whatever its case. Blanks at the
  /// ends go; an empty text means "not given" (REST API 0.2).
  static func text(of name: String, in sent: [(name: String, value: String)]) -> String? {
    guard
      let found = sent.last(where: { $0.name == name })
        ?? sent.last(where: { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name.lowercased() })
    else { return nil }
    let text = trimmed(found.value)
    return text.isEmpty ? nil : text
  }

  /// A text without the blanks at its ends.
  static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
