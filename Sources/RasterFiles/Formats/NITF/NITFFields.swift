/// The fields of a NITF header: characters of a fixed number each, texts padded behind and numbers in front.
struct NITFFields {
  private(set) var bytes: [UInt8] = []

  /// No fields yet.
  init() {}

  /// Appends a text, cut or padded with blanks to a number of characters.
  mutating func append(_ text: String, _ count: Int) {
    let held = text.utf8.prefix(count)
    bytes += held + [UInt8](repeating: 0x20, count: count - held.count)
  }

  /// Appends a number that is not negative in so many digits.
  mutating func append(_ number: Int, _ digits: Int) {
    let text = String(number)
    precondition(text.utf8.count <= digits, "a number has more digits than its field")
    append(String(repeating: "0", count: digits - text.utf8.count) + text, digits)
  }

  /// Appends bytes that are no characters.
  mutating func append(bytes values: [UInt8]) { bytes += values }

  /// Appends the fields of a secret's class, which say that there is no secret.
  mutating func appendUnclassified() { append("U", 167) }
}
