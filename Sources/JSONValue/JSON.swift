/// A JSON value whose objects keep the order of their members, because clients compare whole bodies.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

/// The members of an object, in order.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral, Sequence {
  /// Names and values in the order in which they are written.
  public private(set) var members: [(name: String, value: JSON)]

  /// An object without members.
  public init() { members = [] }

  /// An object from its members in order; a name that comes again replaces the earlier value.
  public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

  /// An object from its members in order; a name that comes again replaces the earlier value.
  public init(_ elements: some Sequence<(String, JSON)>) {
    members = []
    var places: [String: Int] = [:]
    for (name, value) in elements {
      if let place = places[name] {
        members[place].value = value
      } else {
        places[name] = members.count
        members.append((name, value))
      }
    }
  }

  /// The value of a member; setting one that is not there appends it, setting `nil` removes it.
  public subscript(name: String) -> JSON? {
    get { members.first { $0.name == name }?.value }
    set {
      switch (members.firstIndex { $0.name == name }, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// The value of the member with this name whatever its case; one of the very spelling is preferred.
  public subscript(anyCase name: String) -> JSON? {
    if let exact = self[name] { return exact }
    let lower = name.lowercased()
    return members.first { $0.name.lowercased() == lower }?.value
  }

  /// Whether there is no member.
  public var isEmpty: Bool { members.isEmpty }

  /// Walks the members in order.
  public func makeIterator() -> IndexingIterator<[(name: String, value: JSON)]> { members.makeIterator() }

  /// Whether both have the same members in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && zip(left.members, right.members).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }
}

extension JSON {
  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The truth of a boolean.
  public var bool: Bool? { if case .bool(let truth) = self { truth } else { nil } }
  /// The elements of an array.
  public var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  /// The members of an object.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  /// Whether this is `null`.
  public var isNull: Bool { self == .null }

  /// A number, also one that was sent as text: real clients do that.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    case .string(let text): Double(text)
    default: nil
    }
  }

  /// A whole number, also one that was sent as text or with a fraction of zero.
  public var integer: Int? {
    switch self {
    case .int(let value): value
    case .double(let value): Int(exactly: value)
    case .string(let text): Int(text)
    default: nil
    }
  }

  /// The member of an object; `nil` when this is no object or has no such member.
  public subscript(name: String) -> JSON? { object?[name] }

  /// The element of an array; `nil` when this is no array or is shorter.
  public subscript(index: Int) -> JSON? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// `null` for `nil`, else the value made from it.
  public static func optional<T>(_ value: T?, _ make: (T) -> JSON) -> JSON { value.map(make) ?? .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object whose members keep their order.
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
  /// `null`.
  public init(nilLiteral: ()) { self = .null }
}
