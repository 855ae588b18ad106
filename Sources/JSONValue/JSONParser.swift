/// Why a text is no JSON, and where.
public struct JSONSyntaxError: Error, Sendable, Hashable {
  /// What was expected.
  public let reason: String
  /// The byte at which it was expected, from 0.
  public let offset: Int
}

extension JSON {
  /// Reads JSON as ArcGIS clients write it (REST API 0.2): names without quotes, strings in single quotes, a comma before
  /// a closing bracket and none before a quoted name, which stands so in Esri's own examples, are read as meant.
  /// - Parameter maxDepth: how deep arrays and objects may nest.
  /// - Throws: `JSONSyntaxError` for anything else that is not JSON, for a text that goes on after the value, and for
  ///   deeper nesting.
  public init(parsing text: String, maxDepth: Int = 64) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8), maxDepth: maxDepth)
  }

  /// Reads JSON from UTF-8 bytes; see `init(parsing:maxDepth:)`.
  public init(parsing bytes: [UInt8], maxDepth: Int = 64) throws(JSONSyntaxError) {
    var parser = JSONParser(bytes: bytes, maxDepth: maxDepth)
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  let maxDepth: Int
  var position = 0

  init(bytes: [UInt8], maxDepth: Int) {
    self.bytes = bytes
    self.maxDepth = maxDepth
  }

  mutating func document() throws(JSONSyntaxError) -> JSON {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw error("nothing more after the value") }
    return value
  }

  private func error(_ expected: String) -> JSONSyntaxError {
    JSONSyntaxError(reason: "expected \(expected)", offset: position)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSON {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < maxDepth else { throw error("at most \(maxDepth) levels of nesting") }
      return bytes[position] == UInt8(ascii: "{") ? try object(depth: depth) : try array(depth: depth)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
    case nil: throw error("a value")
    default: return try word()
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSON {
    position += 1
    var members: [(String, JSON)] = []
    while !take("}") {
      members.append((try name(), try memberValue(depth: depth)))
      if !take(","), next != UInt8(ascii: "\"") {
        guard take("}") else { throw error("',' or '}'") }
        break
      }
    }
    return .object(JSONObject(members))
  }

  private mutating func memberValue(depth: Int) throws(JSONSyntaxError) -> JSON {
    guard take(":") else { throw error("':'") }
    return try value(depth: depth + 1)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSON {
    position += 1
    var elements: [JSON] = []
    while !take("]") {
      elements.append(try value(depth: depth + 1))
      if !take(",") {
        guard take("]") else { throw error("',' or ']'") }
        break
      }
    }
    return .array(elements)
  }

  private mutating func name() throws(JSONSyntaxError) -> String {
    skipBlanks()
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return try string() }
    let text = run()
    guard !text.isEmpty else { throw error("a name") }
    return text
  }

  private func isStructural(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// The bytes up to the next blank or structural character.
  private mutating func run() -> String {
    let start = position
    while let byte = next, byte > 0x20, !isStructural(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func word() throws(JSONSyntaxError) -> JSON {
    let start = position
    let text = run()
    switch text {
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "null", "None": return .null
    case "NaN": return .double(.nan)
    default:
      if let whole = Int(text) { return .int(whole) }
      // Swift would read "inf", "nan" and hexadecimal too.
      if text.utf8.allSatisfy({ ("0"..."9").contains(Unicode.Scalar($0)) || "+-.eE".utf8.contains($0) }),
        let number = Double(text), number.isFinite
      {
        return .double(number)
      }
      position = start
      throw error("a value")
    }
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    let quote = bytes[position]
    position += 1
    var out: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == quote { return String(decoding: out, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &out)
      } else {
        out.append(byte)
      }
    }
    throw error("the end of the string")
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONSyntaxError) {
    guard let byte = next else { throw error("an escaped character") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
      }
      out.append(contentsOf: String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    default: throw error("an escape that JSON knows")
    }
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
    guard position + 4 <= bytes.count,
      bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits") }
    position += 4
    return code
  }
}
