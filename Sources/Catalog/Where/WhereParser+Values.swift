/// Values: fields, literals, arithmetic and functions.
extension WhereParser {
  private static let keywords: Set<String> = [
    "AND", "OR", "NOT", "IN", "LIKE", "ESCAPE", "BETWEEN", "IS", "NULL", "SELECT", "FROM", "WHERE",
  ]

  /// A value; a condition is an error.
  mutating func value() throws(WhereError) -> WhereExpression.Value {
    let start = token
    return try value(sum(), at: start)
  }

  /// A chain of `+` and `-`, or whatever stands in parentheses in its place.
  mutating func sum() throws(WhereError) -> Node {
    try chain(of: ["+", "-"]) { parser throws(WhereError) in try parser.product() }
  }

  private mutating func product() throws(WhereError) -> Node {
    try chain(of: ["*", "/"]) { parser throws(WhereError) in try parser.signed() }
  }

  private mutating func chain(
    of signs: Set<String>, _ part: (inout WhereParser) throws(WhereError) -> Node
  ) throws(WhereError) -> Node {
    var start = token
    var node = try part(&self)
    var length = 0
    while case .sign(let sign) = token.kind, signs.contains(sign) {
      length += 1
      if length > WhereClause.maximumChain {
        throw WhereError(
          reason: "more than \(WhereClause.maximumChain) operators follow each other", position: token.position)
      }
      let left = try value(node, at: start)
      index += 1
      start = token
      node = .value(.arithmetic(left, sign, try value(part(&self), at: start)))
    }
    return node
  }

  private mutating func signed() throws(WhereError) -> Node {
    if takeSign("+") { return .value(try operand()) }
    if takeSign("-") {
      switch try operand() {
      case .literal(.integer(let number)) where number != .min: return .value(.literal(.integer(-number)))
      case .literal(.double(let number)): return .value(.literal(.double(-number)))
      case let other: return .value(.negated(other))
      }
    }
    return try primary()
  }

  private mutating func operand() throws(WhereError) -> WhereExpression.Value {
    let start = token
    try enter()
    let operand = try value(signed(), at: start)
    depth -= 1
    return operand
  }

  private mutating func primary() throws(WhereError) -> Node {
    let start = token
    switch start.kind {
    case .integer(let value): return literal(.integer(value))
    case .double(let value): return literal(.double(value))
    case .string(let text): return literal(.string(text))
    case .quotedName(let name):
      index += 1
      return .value(.field(try field(name, at: start)))
    case .word(let word): return .value(try named(word))
    case .sign("("):
      index += 1
      try enter()
      let inner = try disjunction()
      depth -= 1
      guard takeSign(")") else { throw unexpected(")") }
      return inner
    case .sign, .end: throw unexpected()
    }
  }

  private mutating func literal(_ value: FieldValue) -> Node {
    index += 1
    return .value(.literal(value))
  }

  /// A field, a function or a dated literal.
  private mutating func named(_ word: String) throws(WhereError) -> WhereExpression.Value {
    let start = token
    let upper = word.uppercased()
    guard !Self.keywords.contains(upper) else { throw unexpected() }
    index += 1
    if case .string(let text) = token.kind, upper == "DATE" || upper == "TIMESTAMP" {
      guard let moment = Moment.milliseconds(of: text) else {
        throw WhereError(reason: "'\(text)' is not a date", position: token.position)
      }
      index += 1
      return .literal(.date(moment))
    }
    guard takeSign("(") else { return .field(try field(word, at: start)) }
    guard let function = WhereFunction(rawValue: upper) else {
      throw WhereError(reason: "there is no function \(word)", position: start.position)
    }
    try enter()
    var arguments: [WhereExpression.Value] = []
    repeat {
      arguments.append(try value())
    } while takeSign(",")
    depth -= 1
    guard takeSign(")") else { throw unexpected(")") }
    guard function.argumentCounts.contains(arguments.count) else {
      throw WhereError(reason: "\(upper) does not take \(arguments.count) values", position: start.position)
    }
    return .function(function, arguments)
  }

  private func field(_ name: String, at start: WhereToken) throws(WhereError) -> CatalogField {
    guard let field = fields.first(where: { $0.name.lowercased() == name.lowercased() }), field.type != .geometry else {
      throw WhereError(reason: "there is no field \(name)", position: start.position)
    }
    return field
  }

  private func value(_ node: Node, at start: WhereToken) throws(WhereError) -> WhereExpression.Value {
    guard case .value(let value) = node else {
      throw WhereError(reason: "a value is expected, not a condition", position: start.position)
    }
    return value
  }
}
