/// A field value of the form `token; name=value; name="quoted"`, such as `Content-Type` and `Content-Disposition`.
public struct MediaType {
  /// What stands before the first semicolon, in lower case.
  let essence: String
  /// The parameters, names in lower case. The first of a name counts.
  let parameters: [String: String]

  init(_ text: String) {
    var rest = Substring(text)
    essence = MediaType.essence(of: text)
    _ = MediaType.take(from: &rest, upTo: ";")
    var parameters: [String: String] = [:]
    while !rest.isEmpty {
      rest = rest.dropFirst()
      let name = MediaType.take(from: &rest, upTo: "=;").trimmingBlanks().lowercased()
      guard rest.first == "=" else { continue }
      rest = rest.dropFirst()
      rest = rest.drop { $0 == " " || $0 == "\t" }
      let value: String
      if rest.first == "\"" {
        value = MediaType.takeQuoted(from: &rest)
        _ = MediaType.take(from: &rest, upTo: ";")
      } else {
        value = MediaType.take(from: &rest, upTo: ";").trimmingBlanks()
      }
      if parameters[name] == nil { parameters[name] = value }
    }
    self.parameters = parameters
  }

  /// The essence alone, without a look at the parameters.
  static func essence(of text: String) -> String {
    let type = text.utf8.prefix { $0 != ASCII.semicolon && !$0.isBlank }
    return String(decoding: type.lazy.map(\.lowercased), as: UTF8.self)
  }

  private static func take(from rest: inout Substring, upTo ends: String) -> Substring {
    let end = rest.firstIndex { ends.contains($0) } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  /// Browsers write `%22` for a quotation mark and leave `\` alone, others escape by `\`: only `\"` and `\\` are escapes.
  private static func takeQuoted(from rest: inout Substring) -> String {
    var value = ""
    rest = rest.dropFirst()
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
        value.append(next)
        rest = rest.dropFirst()
      } else {
        value.append(character)
      }
    }
    return value
  }
}
