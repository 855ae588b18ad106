extension StringProtocol {
  /// Whether two ASCII texts are equal but for the case of their letters.
  func equalsIgnoringCase(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8) { $0.lowercased == $1.lowercased }
  }

  /// Without the blanks and tabs at both ends.
  func trimmingBlanks() -> String {
    var rest = Substring(self)
    while let first = rest.utf8.first, first.isBlank { rest = rest.dropFirst() }
    while let last = rest.utf8.last, last.isBlank { rest = rest.dropLast() }
    return String(rest)
  }
}
