import Glibc

/// Reads JSON from a file, piece by piece: one token after the other, and nothing is kept.
struct JSONScanner: ~Copyable {
  /// A number, as far as it can be held.
  struct Number {
    /// The nearest floating-point number; endless beyond the greatest.
    var value: Double
    /// The digits of a number without fraction and exponent that has at most 64 bits, and its sign.
    var magnitude: UInt64?
    var isNegative: Bool
  }

  private let path: String
  private let descriptor: Int32
  private let buffer: UnsafeMutablePointer<UInt8>
  private var at = 0
  private var end = 0
  /// Where in the file the buffer begins.
  private var base = 0
  private var isWholeFileRead = false
  /// The latest string, in UTF-8.
  private(set) var text: [UInt8] = []

  private static let bufferSize = 1 << 20
  /// Characters that a number may have.
  private static let longestNumber = 512
  /// How deep arrays and objects may nest.
  static let deepest = 128

  /// Opens a file.
  init(path: String) throws(VectorTileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    buffer = .allocate(capacity: Self.bufferSize)
    guard descriptor >= 0 else { throw .file(path: path, FileWriter.lastError) }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    // The mark of UTF-8 that some editors leave.
    try ensure(3)
    if end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { at = 3 }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    buffer.deallocate()
  }

  /// The byte that comes next, counted from the beginning of the file.
  var offset: Int { base + at }

  /// An error at the next byte.
  func error(_ reason: String) -> VectorTileError { .notGeoJSON(path: path, offset: offset, reason) }

  /// Reads on, so that the buffer holds as many bytes from the next one on as there are, up to `count`.
  private mutating func ensure(_ count: Int) throws(VectorTileError) {
    guard end - at < count, !isWholeFileRead else { return }
    memmove(buffer, buffer + at, end - at)
    base += at
    end -= at
    at = 0
    while end < Self.bufferSize {
      let got = pread(descriptor, buffer + end, Self.bufferSize - end, off_t(base + end))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw .file(path: path, FileWriter.lastError) }
      if got == 0 {
        isWholeFileRead = true
        return
      }
      end += got
    }
  }

  /// The next byte; 0 at the end of the file.
  @inline(__always)
  mutating func peek() throws(VectorTileError) -> UInt8 {
    if at == end { try ensure(1) }
    return at < end ? buffer[at] : 0
  }

  /// Whether nothing more comes.
  mutating func isAtEnd() throws(VectorTileError) -> Bool {
    if at == end { try ensure(1) }
    return at == end
  }

  /// Goes over the next byte, which has been looked at.
  @inline(__always)
  mutating func advance() { at &+= 1 }

  /// The next byte that is no blank, and is left to be read; 0 at the end.
  @inline(__always)
  mutating func next() throws(VectorTileError) -> UInt8 {
    while true {
      let byte = try peek()
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      at &+= 1
    }
  }

  /// Goes over a character that has to come next.
  mutating func expect(_ character: Unicode.Scalar) throws(VectorTileError) {
    guard try next() == UInt8(ascii: character) else { throw error("'\(character)' was expected") }
    advance()
  }

  /// Goes over the comma between two elements, or the bracket behind the last one.
  /// - Returns: whether another element comes.
  @inline(__always)
  mutating func hasMore(until close: UInt8) throws(VectorTileError) -> Bool {
    let byte = try next()
    if byte == UInt8(ascii: ",") {
      advance()
      return true
    }
    guard byte == close else { throw error("',' or '\(Unicode.Scalar(close))' was expected") }
    advance()
    return false
  }

  /// Goes over an opening bracket.
  /// - Returns: whether an element comes, rather than the closing bracket.
  mutating func opens(until close: UInt8) throws(VectorTileError) -> Bool {
    advance()
    guard try next() == close else { return true }
    advance()
    return false
  }

  /// Goes over the next line's end, or to the end of the file.
  mutating func skipLine() throws(VectorTileError) {
    while try !isAtEnd() {
      let byte = try peek()
      if byte == 0x1E { return }
      advance()
      if byte == 0x0A { return }
    }
  }

  /// Goes over a word like `true`.
  mutating func word(_ word: StaticString) throws(VectorTileError) {
    try ensure(word.utf8CodeUnitCount)
    guard end - at >= word.utf8CodeUnitCount, memcmp(buffer + at, word.utf8Start, word.utf8CodeUnitCount) == 0
    else { throw error("a value was expected") }
    at += word.utf8CodeUnitCount
  }

  // MARK: Numbers

  /// Reads a number.
  @inline(__always)
  mutating func number() throws(VectorTileError) -> Number {
    if end &- at < Self.longestNumber { try ensure(Self.longestNumber) }
    var place = buffer + at
    let limit = buffer + end
    let start = place
    let isNegative = place < limit && place.pointee == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    let whole = place
    while place < limit, place.pointee &- 0x30 < 10 {
      if digits < 19 {
        mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 0x30)
        if mantissa > 0 { digits &+= 1 }
      } else {
        digits &+= 1
      }
      place += 1
    }
    guard place > whole else { throw error("a value was expected") }
    var isWhole = true
    var fraction = 0
    if place < limit, place.pointee == UInt8(ascii: ".") {
      isWhole = false
      place += 1
      let first = place
      while place < limit, place.pointee &- 0x30 < 10 {
        if digits < 19 {
          mantissa = mantissa &* 10 &+ UInt64(place.pointee &- 0x30)
          fraction &+= 1
          if mantissa > 0 { digits &+= 1 }
        } else {
          digits &+= 1
        }
        place += 1
      }
      guard place > first else { throw error("a digit was expected behind the point of a number") }
    }
    var hasExponent = false
    if place < limit, place.pointee | 0x20 == UInt8(ascii: "e") {
      hasExponent = true
      place += 1
      if place < limit, place.pointee == UInt8(ascii: "-") || place.pointee == UInt8(ascii: "+") { place += 1 }
      let first = place
      while place < limit, place.pointee &- 0x30 < 10 { place += 1 }
      guard place > first else { throw error("a digit was expected in the exponent of a number") }
    }
    let length = place - start
    guard length < Self.longestNumber else { throw error("a number has more than \(Self.longestNumber) characters") }
    at &+= length
    if !hasExponent, digits < 19, mantissa < 1 << 53, fraction <= 22 {
      // Both are exact, so that their quotient is rounded once.
      let value = Double(mantissa) / Self.powers[fraction]
      return Number(
        value: isNegative ? -value : value, magnitude: isWhole ? mantissa : nil, isNegative: isNegative)
    }
    return slowNumber(start, length, isInteger: isWhole && !hasExponent, isNegative)
  }

  private func slowNumber(
    _ start: UnsafePointer<UInt8>, _ length: Int, isInteger: Bool, _ isNegative: Bool
  ) -> Number {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    return Number(
      value: Double(text) ?? (isNegative ? -.infinity : .infinity),
      magnitude: isInteger ? UInt64(text.drop { $0 == "-" }) : nil, isNegative: isNegative)
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  // MARK: Strings

  /// Reads a string into `text`: of one that is longer than `limit` bytes the first ones.
  /// - Returns: whether it is whole.
  @discardableResult
  mutating func string(limit: Int = .max) throws(VectorTileError) -> Bool {
    text.removeAll(keepingCapacity: true)
    advance()
    var isWhole = true
    var isPlain = true
    while true {
      if at == end {
        try ensure(1)
        guard at < end else { throw error("the end of a string was expected") }
      }
      // A run without anything to see to.
      let start = at
      while at < end, buffer[at] != UInt8(ascii: "\""), buffer[at] != UInt8(ascii: "\\") {
        if buffer[at] >= 0x80 {
          isPlain = false
        } else if buffer[at] == 0x0A {
          // A string that isn't closed must not swallow the next text of a sequence.
          throw error("a line ends within a string")
        }
        at &+= 1
      }
      if at > start {
        let room = limit - text.count
        if at - start > room { isWhole = false }
        text.append(contentsOf: UnsafeBufferPointer(start: buffer + start, count: min(at - start, room)))
      }
      guard at < end else { continue }
      if buffer[at] == UInt8(ascii: "\"") {
        at += 1
        if !isPlain { mendText() }
        return isWhole
      }
      at += 1
      try escape()
      isPlain = false
      if text.count > limit {
        text.removeLast(text.count - limit)
        isWhole = false
      }
    }
  }

  /// Replaces what is no UTF-8.
  private mutating func mendText() {
    let mended = String(decoding: text, as: UTF8.self)
    if mended.utf8.count != text.count || !mended.utf8.elementsEqual(text) { text = Array(mended.utf8) }
  }

  private mutating func escape() throws(VectorTileError) {
    let byte = try peek()
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      advance()
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        try ensure(6)
        if end - at >= 6, buffer[at] == UInt8(ascii: "\\"), buffer[at + 1] == UInt8(ascii: "u") {
          at += 2
          let low = try hexadecimal()
          code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
        }
      }
      text.append(contentsOf: String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
      return
    default: throw error("an escape that JSON knows was expected")
    }
    advance()
  }

  private mutating func hexadecimal() throws(VectorTileError) -> UInt32 {
    try ensure(4)
    guard end - at >= 4 else { throw error("four hexadecimal digits were expected") }
    var code: UInt32 = 0
    for _ in 0..<4 {
      let byte = buffer[at]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: throw error("four hexadecimal digits were expected")
      }
      code = code << 4 | UInt32(digit)
      at += 1
    }
    return code
  }

  // MARK: Values of any kind

  /// Goes over a value.
  mutating func skipValue(depth: Int = 0) throws(VectorTileError) {
    switch try next() {
    case UInt8(ascii: "\""): try string(limit: 0)
    case UInt8(ascii: "{"):
      try checkDepth(depth)
      guard try opens(until: UInt8(ascii: "}")) else { return }
      repeat {
        try name(limit: 0)
        try skipValue(depth: depth + 1)
      } while try hasMore(until: UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      try checkDepth(depth)
      guard try opens(until: UInt8(ascii: "]")) else { return }
      repeat { try skipValue(depth: depth + 1) } while try hasMore(until: UInt8(ascii: "]"))
    default: try skipWord()
    }
  }

  /// Reads a member's name into `text`, and the colon.
  mutating func name(limit: Int = .max) throws(VectorTileError) {
    guard try next() == UInt8(ascii: "\"") else { throw error("the name of a member was expected") }
    try string(limit: limit)
    try expect(":")
  }

  /// An error where arrays and objects nest too deeply.
  func checkDepth(_ depth: Int) throws(VectorTileError) {
    guard depth < Self.deepest else { throw error("arrays and objects nest more than \(Self.deepest) deep") }
  }

  /// Goes over a number or a word: those of JSON, and those that Python writes in their place.
  mutating func skipWord() throws(VectorTileError) {
    switch try next() {
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "N"): try word("NaN")
    case UInt8(ascii: "I"): try word("Infinity")
    case UInt8(ascii: "-"):
      try ensure(2)
      if end - at >= 2, buffer[at + 1] == UInt8(ascii: "I") { try word("-Infinity") } else { _ = try number() }
    default: _ = try number()
    }
  }

  /// Copies a value's text, without blanks between tokens, up to `limit` bytes.
  /// - Returns: whether it is whole.
  mutating func copyValue(into out: inout [UInt8], limit: Int, depth: Int = 0) throws(VectorTileError) -> Bool {
    let byte = try next()
    switch byte {
    case UInt8(ascii: "\""): return try copyString(into: &out, limit: limit)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try checkDepth(depth)
      let close = byte + 2
      var isWhole = Self.append(byte, to: &out, limit)
      if try opens(until: close) {
        repeat {
          if let last = out.last, last != byte { isWhole = Self.append(UInt8(ascii: ","), to: &out, limit) && isWhole }
          if byte == UInt8(ascii: "{") {
            guard try next() == UInt8(ascii: "\"") else { throw error("the name of a member was expected") }
            isWhole = try copyString(into: &out, limit: limit) && isWhole
            try expect(":")
            isWhole = Self.append(UInt8(ascii: ":"), to: &out, limit) && isWhole
          }
          isWhole = try copyValue(into: &out, limit: limit, depth: depth + 1) && isWhole
        } while try hasMore(until: close)
      }
      return Self.append(close, to: &out, limit) && isWhole
    default:
      let start = offset
      try skipWord()
      let length = offset - start
      // The token is still in the buffer: words and numbers are read in one piece.
      guard length <= at, out.count + length <= limit else { return false }
      out.append(contentsOf: UnsafeBufferPointer(start: buffer + at - length, count: length))
      return true
    }
  }

  private static func append(_ byte: UInt8, to out: inout [UInt8], _ limit: Int) -> Bool {
    guard out.count < limit else { return false }
    out.append(byte)
    return true
  }

  private mutating func copyString(into out: inout [UInt8], limit: Int) throws(VectorTileError) -> Bool {
    guard try string(limit: limit) else { return false }
    guard out.count + text.count + 2 <= limit else { return false }
    out.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case 0x0D: out.append(contentsOf: "\\r".utf8)
      case 0x09: out.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        out.append(contentsOf: "\\u00".utf8)
        for digit in [byte >> 4, byte & 15] { out.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
    return true
  }
}

extension JSONScanner {
  /// Whether `-Infinity` comes next, which Python writes, rather than a number.
  mutating func isInfinity() throws(VectorTileError) -> Bool {
    try ensure(2)
    return end - at >= 2 && buffer[at] == UInt8(ascii: "-") && buffer[at + 1] == UInt8(ascii: "I")
  }
}
