/// Cuts a where clause into tokens.
struct WhereLexer {
  private let bytes: [UInt8]
  private var position = 0

  /// All tokens of a clause, an end token last.
  static func tokens(of text: String) throws(WhereError) -> [WhereToken] {
    var lexer = WhereLexer(bytes: Array(text.utf8))
    var tokens: [WhereToken] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func next() throws(WhereError) -> WhereToken {
    while let byte = peek(), byte == 32 || (9...13).contains(byte) { position += 1 }
    let start = position
    guard let byte = peek() else { return WhereToken(kind: .end, position: start) }
    switch byte {
    case UInt8(ascii: "'"):
      return WhereToken(kind: .string(try quoted(by: byte)), position: start)
    case UInt8(ascii: "\""):
      return WhereToken(kind: .quotedName(try quoted(by: byte)), position: start)
    case UInt8(ascii: "N"), UInt8(ascii: "n"):
      if peek(1) == UInt8(ascii: "'") {
        position += 1
        return WhereToken(kind: .string(try quoted(by: UInt8(ascii: "'"))), position: start)
      }
      return WhereToken(kind: .word(word()), position: start)
    case _ where Self.beginsWord(byte):
      return WhereToken(kind: .word(word()), position: start)
    case _ where Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true):
      return WhereToken(kind: try number(), position: start)
    default:
      return WhereToken(kind: .sign(try sign()), position: start)
    }
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func beginsWord(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
  }

  private mutating func word() -> String {
    let start = position
    while let byte = peek(), Self.beginsWord(byte) || Self.isDigit(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// The text between two quotes; a doubled quote stands for one.
  private mutating func quoted(by quote: UInt8) throws(WhereError) -> String {
    let start = position
    var text: [UInt8] = []
    position += 1
    while let byte = peek() {
      position += 1
      if byte == quote {
        guard peek() == quote else {
          if text.contains(0) { throw WhereError(reason: "a NUL is not allowed in a text", position: start) }
          return String(decoding: text, as: UTF8.self)
        }
        position += 1
      }
      text.append(byte)
    }
    throw WhereError(reason: "the quote is not closed", position: start)
  }

  private mutating func number() throws(WhereError) -> WhereToken.Kind {
    let start = position
    digits()
    var isWhole = true
    if peek() == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      digits()
    }
    if let byte = peek(), byte | 32 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard peek().map(Self.beginsWord) != true else {
      throw WhereError(reason: "a number runs into a word", position: start)
    }
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      throw WhereError(reason: "\(text) is not a number", position: start)
    }
    return .double(value)
  }

  private mutating func digits() {
    while let byte = peek(), Self.isDigit(byte) { position += 1 }
  }

  private mutating func sign() throws(WhereError) -> String {
    let start = position
    let two = String(decoding: bytes[start..<min(start + 2, bytes.count)], as: UTF8.self)
    if ["<>", "!=", "<=", ">="].contains(two) {
      position += 2
      return two == "!=" ? "<>" : two
    }
    let one = String(two.prefix(1))
    guard ["=", "<", ">", "+", "-", "*", "/", "(", ")", ","].contains(one) else {
      throw WhereError(reason: "unexpected \(one)", position: start)
    }
    position += 1
    return one
  }
}
