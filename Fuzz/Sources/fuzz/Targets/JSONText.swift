import JSONValue

extension FuzzTarget {
  /// What was read is written as a text that reads the same.
  static let jsonText = FuzzTarget(name: "JSONText") { input in
    guard let value = try? JSON(parsing: input) else { return }
    let text = value.text()
    precondition((try? JSON(parsing: text)) == value, text)
  }
}
