/// One field line without its line end (RFC 9112 5).
enum FieldLine {
  /// Where name and value stand in the line, the blanks around the value left out.
  ///
  /// - Throws: 400 for a continuation line, a blank before the colon, a bad name and control characters.
  @inline(__always)
  static func parse(_ line: UnsafeBufferPointer<UInt8>) throws(Refusal) -> (name: Range<Int>, value: Range<Int>) {
    var position = 0
    while position < line.count, line[position].isTokenCharacter { position &+= 1 }
    guard position > 0, position < line.count, line[position] == ASCII.colon else {
      throw malformedName(line, position)
    }
    let nameEnd = position
    var end = line.count
    position &+= 1
    while position < end, line[position].isBlank { position &+= 1 }
    while end > position, line[end &- 1].isBlank { end &-= 1 }
    for offset in position..<end where !line[offset].isFieldCharacter {
      throw .badRequest("A field value holds a control character.")
    }
    return (0..<nameEnd, position..<end)
  }

  private static func malformedName(_ line: UnsafeBufferPointer<UInt8>, _ position: Int) -> Refusal {
    if position == 0, line.first?.isBlank == true { return .badRequest("A field line begins with a blank.") }
    if position < line.count, line[position].isBlank {
      return .badRequest("There is a blank in or after a field name.")
    }
    return .badRequest("A field line has no name and colon.")
  }
}
