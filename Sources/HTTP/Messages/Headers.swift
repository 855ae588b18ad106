/// The field section of a message, kept in its wire form with an index over it.
///
/// Order and spelling are kept, names are matched whatever their case (RFC 9110 5.1). A request's fields are
/// never copied into strings that nobody asks for, and an answer's fields go to the socket as they stand:
/// a value shared by many answers is made once.
public struct Headers: Sendable {
  /// Where one field stands in `wire`.
  struct Entry: Sendable {
    var name: Range<UInt32>
    var value: Range<UInt32>
  }

  /// Field lines, each ended by CRLF.
  private(set) var wire: [UInt8]
  private(set) var entries: [Entry]

  /// No fields.
  public init() {
    wire = []
    entries = []
  }

  init(wire: [UInt8], entries: [Entry]) {
    self.wire = wire
    self.entries = entries
  }

  /// The number of field lines.
  public var count: Int { entries.count }

  /// Whether there is no field.
  public var isEmpty: Bool { entries.isEmpty }

  /// Adds a field line at the end.
  ///
  /// A name that is no token is left out and control characters of the value become blanks, so that no value
  /// taken from a client can end the field section early.
  public mutating func append(_ name: String, _ value: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else { return }
    let start = UInt32(wire.count)
    wire.append(contentsOf: name.utf8)
    let nameEnd = UInt32(wire.count)
    wire.append(ASCII.colon)
    wire.append(ASCII.space)
    let valueStart = wire.count
    wire.append(contentsOf: value.utf8)
    for position in valueStart..<wire.count where !wire[position].isFieldCharacter { wire[position] = ASCII.space }
    entries.append(Entry(name: start..<nameEnd, value: UInt32(valueStart)..<UInt32(wire.count)))
    wire.append(ASCII.carriageReturn)
    wire.append(ASCII.lineFeed)
  }

  /// Adds all field lines of another section at the end.
  public mutating func append(contentsOf other: Headers) {
    let base = UInt32(wire.count)
    wire.append(contentsOf: other.wire)
    entries.reserveCapacity(entries.count + other.entries.count)
    for entry in other.entries {
      entries.append(
        Entry(
          name: base + entry.name.lowerBound..<base + entry.name.upperBound,
          value: base + entry.value.lowerBound..<base + entry.value.upperBound))
    }
  }

  /// The first value under a name. Setting it replaces all fields of that name; nil removes them.
  public subscript(name: String) -> String? {
    get {
      for entry in entries where matches(entry, name) { return text(entry.value) }
      return nil
    }
    set {
      removeAll(name)
      if let newValue { append(name, newValue) }
    }
  }

  /// All values under a name, in order.
  public func values(of name: String) -> [String] {
    entries.compactMap { matches($0, name) ? text($0.value) : nil }
  }

  /// Whether a field of this name is there.
  public func contains(_ name: String) -> Bool {
    entries.contains { matches($0, name) }
  }

  /// Removes all fields of a name.
  public mutating func removeAll(_ name: String) {
    guard contains(name) else { return }
    var kept = Headers()
    kept.wire.reserveCapacity(wire.count)
    for field in self where !field.name.equalsIgnoringCase(name) { kept.append(field.name, field.value) }
    self = kept
  }

  /// Adds a member to a comma-separated list field such as `Vary` unless it is there already.
  public mutating func appendToList(_ name: String, _ member: String) {
    guard contains(name) else { return append(name, member) }
    let members = listMembers(of: name)
    guard !members.contains(where: { $0.equalsIgnoringCase(member) || $0 == "*" }) else { return }
    self[name] = (members + [member]).joined(separator: ", ")
  }

  /// The members of a comma-separated list field, trimmed, over all its lines. Not for fields whose members may
  /// hold quoted commas.
  public func listMembers(of name: String) -> [String] {
    values(of: name).flatMap { $0.split(separator: ",").map { $0.trimmingBlanks() } }.filter { !$0.isEmpty }
  }

  private func text(_ range: Range<UInt32>) -> String {
    wire.withUnsafeBufferPointer {
      String(decoding: $0[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
    }
  }

  func matches(_ entry: Entry, _ name: String) -> Bool {
    guard entry.name.count == name.utf8.count else { return false }
    var position = Int(entry.name.lowerBound)
    for byte in name.utf8 {
      if wire[position].lowercased != byte.lowercased { return false }
      position += 1
    }
    return true
  }
}

extension Headers: Sequence {
  /// One field line.
  public struct Field: Sendable, Hashable {
    /// The name as it was sent.
    public let name: String
    /// The value without the blanks around it.
    public let value: String
  }

  /// Walks the field lines in order.
  public struct Iterator: IteratorProtocol {
    let headers: Headers
    var position = 0

    /// The next field line.
    public mutating func next() -> Field? {
      guard position < headers.entries.count else { return nil }
      let entry = headers.entries[position]
      position += 1
      return Field(name: headers.text(entry.name), value: headers.text(entry.value))
    }
  }

  /// Walks the field lines in order.
  public func makeIterator() -> Iterator { Iterator(headers: self) }
}

extension Headers: ExpressibleByDictionaryLiteral {
  /// Fields in the order they are written.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    for (name, value) in elements { append(name, value) }
  }
}

extension Headers: Equatable {
  /// Equal when the same field lines stand in the same order, spelled alike.
  public static func == (a: Headers, b: Headers) -> Bool { a.elementsEqual(b) }
}
