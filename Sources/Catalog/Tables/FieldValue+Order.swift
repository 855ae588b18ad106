extension FieldValue {
  /// Whether the value comes before another one in ascending order: null first, then numbers and dates, then texts byte
  /// by byte, as SQLite orders them.
  public func precedes(_ other: FieldValue) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)), (.date(let left), .date(let right)): left < right
    case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.null, .null): false
    case (.null, _): true
    case (_, .null), (.string, _): false
    case (_, .string): true
    default: (number ?? 0) < (other.number ?? 0)
    }
  }
}
