/// Writes a tree as SQLite's SQL. Values are bound, never written into the text; columns come from a fixed table, and the
/// names of added fields are bound too.
struct WhereSQL {
  private(set) var sql = ""
  private(set) var arguments: [FieldValue] = []

  mutating func write(_ condition: WhereExpression.Condition) {
    sql += "("
    switch condition {
    case .comparison(let left, let comparator, let right):
      write(left)
      sql += " \(comparator) "
      write(right)
    case .all(let conditions): write(conditions[...], joined: " AND ")
    case .any(let conditions): write(conditions[...], joined: " OR ")
    case .not(let inner):
      sql += "NOT "
      write(inner)
    case .isIn(let value, let list, let negated):
      write(value)
      sql += negated ? " NOT IN (" : " IN ("
      write(list)
      sql += ")"
    case .like(let value, let pattern, let escape, let negated):
      write(value)
      sql += negated ? " NOT LIKE " : " LIKE "
      write(pattern)
      if let escape {
        sql += " ESCAPE "
        bind(.string(escape))
      }
    case .between(let value, let low, let high, let negated):
      write(value)
      sql += negated ? " NOT BETWEEN " : " BETWEEN "
      write(low)
      sql += " AND "
      write(high)
    case .isNull(let value, let negated):
      write(value)
      sql += negated ? " IS NOT NULL" : " IS NULL"
    }
    sql += ")"
  }

  /// Conditions that stand side by side. SQLite's tree grows by a level with each of them, its parser's stack with each
  /// parenthesis, and it bounds both; so that long chains are written in groups, and groups of groups.
  private mutating func write(_ conditions: ArraySlice<WhereExpression.Condition>, joined word: String) {
    let group = 32
    if conditions.count <= group {
      for (index, condition) in conditions.enumerated() {
        if index > 0 { sql += word }
        write(condition)
      }
      return
    }
    let size = (conditions.count + group - 1) / group
    for start in stride(from: conditions.startIndex, to: conditions.endIndex, by: size) {
      if start > conditions.startIndex { sql += word }
      sql += "("
      write(conditions[start..<min(start + size, conditions.endIndex)], joined: word)
      sql += ")"
    }
  }

  private mutating func write(_ values: [WhereExpression.Value]) {
    for (index, value) in values.enumerated() {
      if index > 0 { sql += ", " }
      write(value)
    }
  }

  private mutating func write(_ value: WhereExpression.Value) {
    switch value {
    case .field(let field):
      if let column = RasterRecord.column(of: field) {
        sql += column
      } else {
        sql += "(SELECT value FROM attribute WHERE attribute.raster = raster.id AND attribute.field = "
        bind(.string(field.name))
        sql += ")"
      }
    case .literal(let literal): bind(literal)
    case .negated(let inner):
      sql += "(- "
      write(inner)
      sql += ")"
    case .arithmetic(let left, let sign, let right):
      sql += "("
      write(left)
      sql += " \(sign) "
      write(right)
      sql += ")"
    case .function(let function, let arguments):
      sql += "\(function.sqliteName)("
      write(arguments)
      sql += ")"
    }
  }

  private mutating func bind(_ value: FieldValue) {
    sql += "?"
    arguments.append(value)
  }
}
