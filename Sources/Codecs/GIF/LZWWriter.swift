/// LZW as GIF has it (GIF 89a, appendix F): codes of 3 to 12 bits, least significant bit first.
package struct LZWWriter {
  private static let mostCodes = 4096
  /// Twice as many as there are codes, so that strings are found near their slot.
  private static let slots = 8192

  private let codeBits: Int
  private var width: Int
  private var next: Int
  /// Known strings: the code of all but the last symbol (12 bits), that symbol (8), the string's own code (12). 0 is an
  /// empty slot: no string's own code is.
  private var strings = [UInt32](repeating: 0, count: slots)
  /// All symbols since the last code but the newest one; `nil` before the first.
  private var prefix: Int?
  private var out: [UInt8] = []
  private var pending: UInt32 = 0
  private var pendingBits = 0

  /// The codes of symbols below `1 << codeBits`.
  static func compress(_ symbols: [UInt8], codeBits: Int) -> [UInt8] {
    var writer = LZWWriter(codeBits: codeBits)
    writer.write(symbols)
    return writer.finish()
  }

  /// A writer of symbols below `1 << codeBits`, for codes that are taken piece by piece.
  package init(codeBits: Int) {
    self.codeBits = codeBits
    width = codeBits + 1
    next = (1 << codeBits) + 2
    put(1 << codeBits)
  }

  /// Adds symbols.
  package mutating func write(_ symbols: [UInt8]) {
    let clear = 1 << codeBits
    var rest = symbols[...]
    guard var prefix = prefix ?? rest.popFirst().map(Int.init) else { return }
    for symbol in rest {
      let string = UInt32(truncatingIfNeeded: prefix << 8 | Int(symbol))
      let slot = slot(of: string)
      if strings[slot] != 0 {
        prefix = Int(strings[slot] & 0xFFF)
        continue
      }
      put(prefix)
      prefix = Int(symbol)
      if next < Self.mostCodes {
        strings[slot] = string << 12 | UInt32(truncatingIfNeeded: next)
        if next == 1 << width { width += 1 }
        next += 1
      } else {
        put(clear)
        for slot in strings.indices { strings[slot] = 0 }
        width = codeBits + 1
        next = clear + 2
      }
    }
    self.prefix = prefix
  }

  /// The whole bytes written since the last call.
  package mutating func takeBytes() -> [UInt8] {
    defer { out.removeAll() }
    return out
  }

  /// Ends the codes. There is at least one symbol.
  /// - Returns: the bytes that were not taken.
  package mutating func finish() -> [UInt8] {
    if let prefix {
      put(prefix)
      // The reader adds a string for the last code too.
      if next == 1 << width, width < 12 { width += 1 }
    }
    put(1 << codeBits + 1)
    if pendingBits > 0 { out.append(UInt8(truncatingIfNeeded: pending)) }
    return takeBytes()
  }

  /// Where the string is, or would be.
  private func slot(of string: UInt32) -> Int {
    var slot = Int((string &* 0x9E37_79B1) >> 19)
    while strings[slot] != 0, strings[slot] >> 12 != string { slot = (slot &+ 1) & (Self.slots &- 1) }
    return slot
  }

  private mutating func put(_ code: Int) {
    pending |= UInt32(code) << UInt32(pendingBits)
    pendingBits += width
    while pendingBits >= 8 {
      out.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingBits -= 8
    }
  }
}
