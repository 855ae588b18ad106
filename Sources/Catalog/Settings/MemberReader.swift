import JSONValue

/// Reads the members of a `service.json`: a value of the wrong type is an error that names the member.
protocol MemberReader {}

extension MemberReader {
  /// A string.
  func text(_ name: String, _ value: JSON) throws(ServiceFileError) -> String {
    guard let text = value.string else { throw ServiceFileError(reason: "\"\(name)\" has to be a string") }
    return text
  }

  /// True or false.
  func truth(_ name: String, _ value: JSON) throws(ServiceFileError) -> Bool {
    guard let truth = value.bool else { throw ServiceFileError(reason: "\"\(name)\" has to be true or false") }
    return truth
  }

  /// A whole number in a range.
  func whole(_ name: String, _ value: JSON, in range: ClosedRange<Int>) throws(ServiceFileError) -> Int {
    guard case .int(let number) = value, range.contains(number) else {
      throw ServiceFileError(
        reason: "\"\(name)\" has to be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// One of some words, whatever its case.
  func choice(_ name: String, _ value: JSON, of names: [String]) throws(ServiceFileError) -> String {
    let text = try text(name, value)
    guard let match = names.first(where: { $0.lowercased() == text.lowercased() }) else {
      throw ServiceFileError(reason: "\"\(name)\" has to be one of \(names.joined(separator: ", "))")
    }
    return match
  }

  /// A list of strings, or one string with commas as the service root has it.
  func list(_ name: String, _ value: JSON) throws(ServiceFileError) -> [String] {
    if let text = value.string { return text.split(separator: ",").map { trimmed($0) } }
    guard let elements = value.array, elements.allSatisfy({ $0.string != nil }) else {
      throw ServiceFileError(reason: "\"\(name)\" has to be a list of strings")
    }
    return elements.compactMap(\.string)
  }

  func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// A number in a range.
  func number(_ name: String, _ value: JSON, in range: ClosedRange<Double>) throws(ServiceFileError) -> Double {
    switch value {
    case .int(let number) where range.contains(Double(number)): return Double(number)
    case .double(let number) where range.contains(number): return number
    default:
      throw ServiceFileError(
        reason: "\"\(name)\" has to be a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
