/// A condition on the fields of a raster catalog, parsed from the SQL-92 subset that the REST API's `where` takes.
///
/// Comparisons `= <> != < <= > >=`, `AND`, `OR`, `NOT`, `IN`, `LIKE … ESCAPE`, `BETWEEN`, `IS NULL`, arithmetic,
/// literals (`'text'`, numbers, `DATE '2010-01-01'`, `TIMESTAMP '2010-01-01 12:00:00'`), and the functions UPPER, LOWER,
/// TRIM, CHAR_LENGTH, SUBSTRING, ABS, ROUND, FLOOR, CEILING and MOD. Fields are named in any case, in double quotes if one
/// likes; a text that is held against a date field is read as a date. `LIKE` minds the case, as SQL-92 has it.
public struct WhereClause: Sendable {
  /// The clause as it was given.
  public let text: String
  /// SQL over the tables of the catalog, in parentheses; values stand as `?`.
  let sql: String
  /// The values, in the order of the `?`.
  let arguments: [FieldValue]

  /// The longest clause that is read, in bytes.
  public static let maximumLength = 32_768
  /// How deep parentheses, NOT and signs may be nested.
  public static let maximumDepth = 24
  /// How many arithmetic operators may follow each other without parentheses.
  static let maximumChain = 64

  /// Parses a clause.
  /// - Parameter fields: the fields of the service (`ImageService.fields`).
  /// - Throws: `WhereError` with the place of the first mistake.
  public init(parsing text: String, fields: [CatalogField]) throws(WhereError) {
    guard text.utf8.count <= Self.maximumLength else {
      throw WhereError(reason: "the clause is longer than \(Self.maximumLength) bytes", position: Self.maximumLength)
    }
    var parser = WhereParser(tokens: try WhereLexer.tokens(of: text), fields: fields)
    var writer = WhereSQL()
    writer.write(try parser.parse())
    self.text = text
    sql = writer.sql
    arguments = writer.arguments
  }
}
