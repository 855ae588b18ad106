import JSONValue

/// What the text of a parameter may be, and how it is read.
///
/// A type says all there is to say of a kind of value: how it is parsed, what is expected of it, how a form asks for it
/// and how a machine-readable description tells of it.
public struct ParameterType<Value: Sendable>: Sendable {
  /// How a form asks for the value.
  public let control: ParameterControl
  /// What is expected, for people: "width,height: two whole numbers above 0".
  public let expected: String
  /// Reads the text, which is neither empty nor has blanks at its ends. `nil` when it is not of the type.
  public let parse: @Sendable (String) -> Value?

  /// A type from its parts.
  public init(
    _ expected: String, control: ParameterControl = .line, parse: @escaping @Sendable (String) -> Value?
  ) {
    self.expected = expected
    self.control = control
    self.parse = parse
  }
}

/// How a form asks for a value, and how a description tells of it.
public enum ParameterControl: Hashable, Sendable {
  /// One line of text.
  case line
  /// Several lines: JSON, XML.
  case area
  /// A whole number.
  case integer
  /// A number.
  case number
  /// True or false.
  case flag
  /// One of some words.
  case choice([String])
}

extension ParameterType where Value == String {
  /// Any text.
  public static let text = ParameterType("text") { $0 }
}

extension ParameterType where Value == Bool {
  /// `true` or `false` in any case, `1`, `0`, `on`, `off`: clients send them all.
  public static let flag = ParameterType("true or false", control: .flag) { text in
    switch text.lowercased() {
    case "true", "1", "on", "yes": true
    case "false", "0", "off", "no": false
    default: nil
    }
  }
}

extension ParameterType where Value == Double {
  /// A finite number.
  public static func number(
    in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  )
    -> ParameterType
  {
    let all = range.upperBound == Double.greatestFiniteMagnitude && range.lowerBound == -range.upperBound
    return ParameterType(
      all ? "a number" : "a number from \(range.lowerBound) to \(range.upperBound)", control: .number
    ) {
      finiteNumber($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ParameterType where Value == Int {
  /// A whole number; one with a fraction of zero is read as meant.
  public static func integer(in range: ClosedRange<Int>) -> ParameterType {
    ParameterType("a whole number from \(range.lowerBound) to \(range.upperBound)", control: .integer) {
      finiteNumber($0).flatMap { Int(exactly: $0) }.flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ParameterType where Value == [Double] {
  /// Numbers with commas between them.
  public static func numbers(_ expected: String, count: ClosedRange<Int>) -> ParameterType {
    ParameterType(expected) { numberList($0, count: count) }
  }
}

extension ParameterType where Value == [Int] {
  /// Whole numbers with commas between them.
  public static func integers(_ expected: String, count: ClosedRange<Int>) -> ParameterType {
    ParameterType(expected) { text in
      guard let numbers = numberList(text, count: count) else { return nil }
      let whole = numbers.compactMap { Int(exactly: $0) }
      return whole.count == numbers.count ? whole : nil
    }
  }
}

extension ParameterType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of the values of an enumeration, whatever its case and with a `+` before it: both are seen in the wild
  /// (REST API 0.2).
  public static var choice: ParameterType {
    let words = Value.allCases.map(\.rawValue)
    return ParameterType("one of " + words.joined(separator: ", "), control: .choice(words)) { text in
      let word = text.drop { $0 == "+" || $0 == " " }.lowercased()
      return Value.allCases.first { $0.rawValue.lowercased() == word }
    }
  }
}

extension ParameterType where Value == JSONObject {
  /// A JSON object.
  public static func object(_ expected: String) -> ParameterType {
    ParameterType(expected, control: .area) { (try? JSON(parsing: $0))?.object }
  }
}

/// A decimal number as clients write it; no infinity, no NaN, no hexadecimal.
func finiteNumber(_ text: some StringProtocol) -> Double? {
  let trimmed = text.drop { $0 == " " || $0 == "\t" }
  let end = trimmed.lastIndex { $0 != " " && $0 != "\t" }.map { trimmed.index(after: $0) } ?? trimmed.startIndex
  let number = trimmed[..<end]
  guard !number.isEmpty, number.utf8.count <= 64,
    number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0) }),
    let value = Double(number), value.isFinite
  else { return nil }
  return value
}

/// Numbers with commas between them; `nil` when one can't be read or there are too few or too many.
func numberList(_ text: String, count: ClosedRange<Int>) -> [Double]? {
  let parts = text.split(separator: ",", maxSplits: count.upperBound, omittingEmptySubsequences: false)
  guard count.contains(parts.count) else { return nil }
  let numbers = parts.compactMap { finiteNumber($0) }
  return numbers.count == parts.count ? numbers : nil
}
