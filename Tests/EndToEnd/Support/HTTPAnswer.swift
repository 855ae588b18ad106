import JSONValue

/// An answer as it came over the wire.
struct HTTPAnswer {
  var status: Int
  /// Names in lower case.
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  subscript(name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as JSON; `null` for what is none.
  var json: JSON { (try? JSON(parsing: body)) ?? .null }

  /// The media type without its parameters.
  var mediaType: String? { self["Content-Type"]?.split(separator: ";").first.map(String.init) }

  /// The first sentence of the error's details.
  var detail: String? { json["error"]?["details"]?[0]?.string }

  /// Reads an answer up to the end of the connection.
  init?(_ bytes: [UInt8]) {
    let end: [UInt8] = Array("\r\n\r\n".utf8)
    guard let split = bytes.firstRange(of: end) else { return nil }
    let lines = String(decoding: bytes[..<split.lowerBound], as: UTF8.self).components("\r\n")
    guard let code = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
    status = code
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
    body = Array(bytes[split.upperBound...])
    if self["Transfer-Encoding"]?.lowercased() == "chunked" { body = Self.unchunked(body) }
  }

  private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    var left = bytes[...]
    var out: [UInt8] = []
    while let end = left.firstRange(of: Array("\r\n".utf8)),
      let count = Int(String(decoding: left[..<end.lowerBound], as: UTF8.self), radix: 16), count > 0
    {
      out += left[end.upperBound...].prefix(count)
      left = left[end.upperBound...].dropFirst(count + 2)
    }
    return out
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
