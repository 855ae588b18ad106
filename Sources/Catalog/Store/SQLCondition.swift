import GRDB

/// A piece of SQL with the values of its `?`.
struct SQLCondition {
  let sql: String
  let arguments: StatementArguments

  /// Conditions that must all hold; `nil` for none.
  static func all(_ conditions: [SQLCondition]) -> SQLCondition? {
    guard let first = conditions.first else { return nil }
    return conditions.dropFirst().reduce(first) { left, right in
      SQLCondition(sql: "\(left.sql) AND \(right.sql)", arguments: left.arguments + right.arguments)
    }
  }
}
