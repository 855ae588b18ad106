/// LZW as GIF has it (GIF 89a, appendix F): codes of 3 to 12 bits, least significant bit first.
enum LZWWriter {
  private static let mostCodes = 4096

  /// The codes of symbols below `1 << codeBits`.
  static func compress(_ symbols: [UInt8], codeBits: Int) -> [UInt8] {
    let clear = 1 << codeBits
    let end = clear + 1
    var out: [UInt8] = []
    var pending: UInt32 = 0
    var pendingBits = 0
    var width = codeBits + 1
    var next = end + 1
    // The code for a known string and one more symbol, 0 where there is none: no string has the code of a symbol.
    var table = [UInt16](repeating: 0, count: mostCodes << 8)
    func put(_ code: Int) {
      pending |= UInt32(code) << UInt32(pendingBits)
      pendingBits += width
      while pendingBits >= 8 {
        out.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        pendingBits -= 8
      }
    }
    put(clear)
    guard var prefix = symbols.first.map(Int.init) else { return out }
    for symbol in symbols.dropFirst() {
      let key = prefix << 8 | Int(symbol)
      if table[key] != 0 {
        prefix = Int(table[key])
        continue
      }
      put(prefix)
      if next < mostCodes {
        table[key] = UInt16(next)
        if next == 1 << width { width += 1 }
        next += 1
      } else {
        put(clear)
        for key in table.indices { table[key] = 0 }
        width = codeBits + 1
        next = end + 1
      }
      prefix = Int(symbol)
    }
    put(prefix)
    if next == 1 << width, width < 12 { width += 1 }
    put(end)
    if pendingBits > 0 { out.append(UInt8(truncatingIfNeeded: pending)) }
    return out
  }
}
