import GRDB

extension FieldValue: DatabaseValueConvertible {
  /// Dates are kept as their milliseconds.
  public var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value), .date(let value): value.databaseValue
    case .double(let value): value.databaseValue
    case .string(let value): value.databaseValue
    }
  }

  /// A value as it is kept; whether a number is a date only its field can tell.
  public static func fromDatabaseValue(_ value: DatabaseValue) -> FieldValue? {
    switch value.storage {
    case .null: .null
    case .int64(let number): .integer(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .blob: nil
    }
  }

  /// The value as a field of this type holds it.
  func typed(as type: CatalogField.FieldType) -> FieldValue {
    switch (self, type) {
    case (.integer(let number), .date): .date(number)
    case (.integer(let number), .double): .double(Double(number))
    default: self
    }
  }
}
