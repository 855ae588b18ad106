/// Parameters in order, as they are sent.
struct Parameters: ExpressibleByDictionaryLiteral, Sendable {
  var pairs: [(name: String, value: String)]

  init(dictionaryLiteral elements: (String, String)...) { pairs = elements.map { ($0.0, $0.1) } }

  /// `name=value&…`, everything but letters and digits percent-encoded.
  var encoded: String { pairs.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&") }

  /// These, then others.
  static func + (left: Parameters, right: Parameters) -> Parameters {
    var sum = left
    sum.pairs += right.pairs
    return sum
  }

  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      if byte < 128,
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar)
      {
        return String(Character(scalar))
      }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}
