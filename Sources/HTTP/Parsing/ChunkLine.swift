/// The line that begins a chunk (RFC 9112 7.1): its size in hexadecimal digits and extensions that are checked and
/// ignored.
enum ChunkLine {
  /// The size of the chunk.
  static func size(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> Int {
    var size = 0
    var position = 0
    while position < line.count, let digit = line[position].hexadecimalValue {
      guard size <= Int.max >> 4 else { throw .badRequest("A chunk size is too large a number.") }
      size = size << 4 | Int(digit)
      position += 1
    }
    guard position > 0 else { throw .badRequest("A chunk size is malformed.") }
    try checkExtensions(line, from: position)
    return size
  }

  /// `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`
  private static func checkExtensions(_ line: UnsafeBufferPointer<UInt8>, from start: Int) throws(Refusal) {
    var position = start
    func byte() -> UInt8? { position < line.count ? line[position] : nil }
    func skipBlanks() { while byte()?.isBlank == true { position += 1 } }
    func skipToken() -> Bool {
      let first = position
      while byte()?.isTokenCharacter == true { position += 1 }
      return position > first
    }
    let malformed = Refusal.badRequest("A chunk extension is malformed.")
    while position < line.count {
      skipBlanks()
      guard byte() == ASCII.semicolon else { throw malformed }
      position += 1
      skipBlanks()
      guard skipToken() else { throw malformed }
      let nameEnd = position
      skipBlanks()
      guard byte() == ASCII.equals else {
        position = nameEnd
        continue
      }
      position += 1
      skipBlanks()
      if byte() == ASCII.quote {
        position += 1
        while let inside = byte(), inside != ASCII.quote {
          if inside == ASCII.backslash { position += 1 }
          guard byte()?.isFieldCharacter == true else { throw malformed }
          position += 1
        }
        guard byte() == ASCII.quote else { throw malformed }
        position += 1
      } else {
        guard skipToken() else { throw malformed }
      }
    }
  }
}
