import JSONValue

extension FuzzTarget {
  /// What was read is written as a text that reads as the same value. Texts are compared, because 2.0 is written as 2.
  static let jsonText = FuzzTarget(name: "JSONText") { input in
    guard let value = try? JSON(parsing: input) else { return }
    let text = value.text()
    precondition((try? JSON(parsing: text))?.text() == text, text)
  }
}
