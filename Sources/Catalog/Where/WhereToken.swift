/// A word or sign of a where clause.
struct WhereToken: Equatable {
  /// What stands there.
  let kind: Kind
  /// Where it begins, in bytes.
  let position: Int

  enum Kind: Equatable {
    /// A keyword, a function or a field.
    case word(String)
    /// A field in double quotes.
    case quotedName(String)
    case string(String)
    case integer(Int64)
    case double(Double)
    /// `=` `<>` `<` `<=` `>` `>=` `+` `-` `*` `/` `(` `)` `,`; `!=` is read as `<>`.
    case sign(String)
    case end
  }

  /// Whether this is the keyword, in any case.
  func isKeyword(_ keyword: String) -> Bool {
    if case .word(let word) = kind { word.uppercased() == keyword } else { false }
  }

  /// The token as it is named in messages.
  var text: String {
    switch kind {
    case .word(let word): word
    case .quotedName(let name): "\"\(name)\""
    case .string(let text): "'\(text)'"
    case .integer(let value): "\(value)"
    case .double(let value): "\(value)"
    case .sign(let sign): sign
    case .end: "the end"
    }
  }
}
