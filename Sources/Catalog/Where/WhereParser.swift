/// Reads tokens into a tree by recursive descent.
struct WhereParser {
  let tokens: [WhereToken]
  let fields: [CatalogField]
  var index = 0
  var depth = 0

  /// What an opening parenthesis may hold: only after it has been read is it known which.
  enum Node {
    case value(WhereExpression.Value)
    case condition(WhereExpression.Condition)
  }

  init(tokens: [WhereToken], fields: [CatalogField]) {
    self.tokens = tokens
    self.fields = fields
  }

  /// The whole clause.
  mutating func parse() throws(WhereError) -> WhereExpression.Condition {
    let start = token
    let condition = try condition(disjunction(), at: start)
    guard token.kind == .end else { throw unexpected() }
    return condition
  }

  // MARK: Conditions

  mutating func disjunction() throws(WhereError) -> Node {
    try chain("OR", WhereExpression.Condition.any) { parser throws(WhereError) in try parser.conjunction() }
  }

  private mutating func conjunction() throws(WhereError) -> Node {
    try chain("AND", WhereExpression.Condition.all) { parser throws(WhereError) in try parser.negation() }
  }

  private mutating func chain(
    _ keyword: String, _ join: ([WhereExpression.Condition]) -> WhereExpression.Condition,
    of part: (inout WhereParser) throws(WhereError) -> Node
  ) throws(WhereError) -> Node {
    var start = token
    let first = try part(&self)
    guard token.isKeyword(keyword) else { return first }
    var conditions = [try condition(first, at: start)]
    while takeKeyword(keyword) {
      start = token
      conditions.append(try condition(part(&self), at: start))
    }
    return .condition(join(conditions))
  }

  private mutating func negation() throws(WhereError) -> Node {
    guard takeKeyword("NOT") else { return try predicate() }
    let start = token
    try enter()
    let inner = try condition(negation(), at: start)
    depth -= 1
    return .condition(.not(inner))
  }

  private mutating func predicate() throws(WhereError) -> Node {
    let node = try sum()
    guard case .value(let left) = node else { return node }
    if case .sign(let sign) = token.kind, ["=", "<>", "<", "<=", ">", ">="].contains(sign) {
      index += 1
      let right = try value()
      let (first, second) = try (asDate(left, beside: right), asDate(right, beside: left))
      return .condition(.comparison(first, sign, second))
    }
    if takeKeyword("IS") {
      let negated = takeKeyword("NOT")
      guard takeKeyword("NULL") else { throw unexpected("NULL") }
      return .condition(.isNull(left, negated: negated))
    }
    let negated = takeKeyword("NOT")
    if takeKeyword("IN") { return .condition(.isIn(left, try list(beside: left), negated: negated)) }
    if takeKeyword("LIKE") { return .condition(try like(left, negated: negated)) }
    if takeKeyword("BETWEEN") {
      let low = try asDate(value(), beside: left)
      guard takeKeyword("AND") else { throw unexpected("AND") }
      let high = try asDate(value(), beside: left)
      return .condition(.between(left, low, high, negated: negated))
    }
    if negated { throw unexpected("IN, LIKE or BETWEEN") }
    return .value(left)
  }
  private mutating func list(beside left: WhereExpression.Value) throws(WhereError) -> [WhereExpression.Value] {
    guard takeSign("(") else { throw unexpected("(") }
    var values: [WhereExpression.Value] = []
    repeat {
      values.append(try asDate(value(), beside: left))
    } while takeSign(",")
    guard takeSign(")") else { throw unexpected(")") }
    return values
  }

  private mutating func like(_ left: WhereExpression.Value, negated: Bool) throws(WhereError)
    -> WhereExpression.Condition
  {
    let pattern = try value()
    guard takeKeyword("ESCAPE") else { return .like(left, pattern, escape: nil, negated: negated) }
    guard case .string(let text) = token.kind, text.unicodeScalars.count == 1 else {
      throw unexpected("one character in quotes")
    }
    index += 1
    return .like(left, pattern, escape: text, negated: negated)
  }

  private func condition(_ node: Node, at start: WhereToken) throws(WhereError) -> WhereExpression.Condition {
    guard case .condition(let condition) = node else {
      throw WhereError(reason: "a condition is expected, not a value", position: start.position)
    }
    return condition
  }

  /// A text that is held against a date is meant as a date.
  private func asDate(_ value: WhereExpression.Value, beside other: WhereExpression.Value) throws(WhereError)
    -> WhereExpression.Value
  {
    guard case .field(let field) = other, field.type == .date, case .literal(.string(let text)) = value else {
      return value
    }
    guard let moment = Moment.milliseconds(of: text) else {
      throw WhereError(reason: "'\(text)' is not a date", position: tokens[index - 1].position)
    }
    return .literal(.date(moment))
  }

  // MARK: Tokens

  var token: WhereToken { tokens[index] }

  mutating func takeKeyword(_ keyword: String) -> Bool {
    guard token.isKeyword(keyword) else { return false }
    index += 1
    return true
  }

  mutating func takeSign(_ sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    index += 1
    return true
  }

  mutating func enter() throws(WhereError) {
    depth += 1
    if depth > WhereClause.maximumDepth {
      throw WhereError(reason: "the clause is nested deeper than \(WhereClause.maximumDepth)", position: token.position)
    }
  }

  func unexpected(_ expected: String? = nil) -> WhereError {
    let wanted = expected.map { ", \($0) is expected" } ?? ""
    return WhereError(reason: "unexpected \(token.text)\(wanted)", position: token.position)
  }
}
