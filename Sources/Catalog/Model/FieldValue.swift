/// The value of a catalog field.
public enum FieldValue: Sendable, Hashable {
  /// No value.
  case null
  /// A whole number.
  case integer(Int64)
  /// A number.
  case double(Double)
  /// A text.
  case string(String)
  /// A moment, in milliseconds since 1970-01-01T00:00:00Z, as the REST API writes dates.
  case date(Int64)

  /// The value as a number, dates in milliseconds; `nil` for texts and null.
  public var number: Double? {
    switch self {
    case .integer(let value), .date(let value): Double(value)
    case .double(let value): value
    case .string, .null: nil
    }
  }
}
