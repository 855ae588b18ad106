/// Percent-encoding (RFC 3986 2.1) and the form encoding of browsers on top of it.
public enum PercentEncoding {
  /// More pairs than this are left out: no request has so many, and each costs far more memory than it has bytes.
  static let maximumParameters = 10_000

  /// Decodes. An escape that is none is kept as it stands; bytes that are no UTF-8 become U+FFFD.
  ///
  /// - Parameter plusIsBlank: whether `+` is a blank, as in queries and forms.
  public static func decode(_ text: some Collection<UInt8>, plusIsBlank: Bool = false) -> String {
    guard text.contains(where: { $0 == ASCII.percent || $0 == ASCII.plus }) else {
      return String(decoding: text, as: UTF8.self)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text[...]
    while let byte = rest.popFirst() {
      if byte == ASCII.plus, plusIsBlank {
        bytes.append(ASCII.space)
      } else if byte == ASCII.percent, let high = rest.first?.hexadecimalValue,
        let low = rest.dropFirst().first?.hexadecimalValue
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Decodes a text.
  public static func decode(_ text: String, plusIsBlank: Bool = false) -> String {
    decode(text.utf8, plusIsBlank: plusIsBlank)
  }

  /// The pairs of `a=1&b=2` in their order, `+` read as a blank. A name without `=` has an empty value.
  public static func parameters(_ text: some Collection<UInt8>) -> [Parameter] {
    var parameters: [Parameter] = []
    var rest = text[...]
    while !rest.isEmpty, parameters.count < maximumParameters {
      let end = rest.firstIndex(of: ASCII.ampersand) ?? rest.endIndex
      let pair = rest[..<end]
      rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
      guard !pair.isEmpty else { continue }
      let equals = pair.firstIndex(of: ASCII.equals)
      let value = equals.map { decode(pair[pair.index(after: $0)...], plusIsBlank: true) }
      parameters.append(Parameter(decode(pair[..<(equals ?? pair.endIndex)], plusIsBlank: true), value ?? ""))
    }
    return parameters
  }
}
