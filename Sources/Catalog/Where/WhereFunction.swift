/// The functions of where clauses, by their SQL-92 names.
enum WhereFunction: String {
  case upper = "UPPER"
  case lower = "LOWER"
  case trim = "TRIM"
  case charLength = "CHAR_LENGTH"
  case characterLength = "CHARACTER_LENGTH"
  case substring = "SUBSTRING"
  case abs = "ABS"
  case round = "ROUND"
  case floor = "FLOOR"
  case ceiling = "CEILING"
  case mod = "MOD"

  /// How many arguments the function takes.
  var argumentCounts: ClosedRange<Int> {
    switch self {
    case .upper, .lower, .trim, .charLength, .characterLength, .abs, .floor, .ceiling: 1...1
    case .round: 1...2
    case .mod: 2...2
    case .substring: 2...3
    }
  }

  /// SQLite's name; these functions are the same there.
  var sqliteName: String {
    switch self {
    case .upper, .lower, .trim, .abs, .round, .floor, .mod: rawValue.lowercased()
    case .ceiling: "ceil"
    case .charLength, .characterLength: "length"
    case .substring: "substr"
    }
  }
}
