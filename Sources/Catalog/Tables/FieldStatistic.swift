/// One number about the values of a field (REST API 1.10, `outStatistics`).
public struct FieldStatistic: Sendable {
  /// What is worked out, under the names of the REST API. Values that are null count as none.
  public enum Kind: String, Sendable, CaseIterable {
    /// How many values there are.
    case count
    /// Their sum.
    case sum
    /// The least one.
    case min
    /// The greatest one.
    case max
    /// Their mean.
    case avg
    /// Their standard deviation as a sample's, as SQL's STDDEV has it; null of a single value.
    case stddev
    /// Their variance as a sample's; null of a single value.
    case `var`

    /// Whether it is worked out for a field: texts and dates have no sum.
    public func fits(_ field: CatalogField) -> Bool {
      switch (self, field.type) {
      case (_, .geometry): false
      case (.count, _), (.min, _), (.max, _): true
      case (_, .integer), (_, .double), (_, .objectId): true
      case (_, .string), (_, .date): false
      }
    }
  }

  /// What is worked out.
  public let kind: Kind
  /// The field whose values are looked at.
  public let source: CatalogField
  /// The column that holds the result.
  public let column: CatalogField

  /// A statistic of a field, in a column of a name.
  public init(_ kind: Kind, of source: CatalogField, name: String) {
    self.kind = kind
    self.source = source
    let type: CatalogField.FieldType =
      switch kind {
      case .count: .integer
      case .sum, .avg, .stddev, .var: .double
      case .min, .max: source.type == .objectId ? .integer : source.type
      }
    column = CatalogField(name: name, type: type, length: type == .string ? source.length : nil)
  }

  /// The statistic of values; null where there is none, or where it is no finite number.
  public func value(of values: some Sequence<FieldValue>) -> FieldValue {
    let known = values.filter { $0 != .null }
    switch kind {
    case .count: return .integer(Int64(known.count))
    case .min: return known.min { $0.precedes($1) } ?? .null
    case .max: return known.max { $0.precedes($1) } ?? .null
    case .sum, .avg, .stddev, .var: return measure(known.compactMap(\.number)).map(FieldValue.double) ?? .null
    }
  }

  private func measure(_ numbers: [Double]) -> Double? {
    guard !numbers.isEmpty else { return nil }
    let count = Double(numbers.count)
    let sum = numbers.reduce(0, +)
    let mean = sum / count
    let result: Double
    switch kind {
    case .sum: result = sum
    case .avg: result = mean
    default:
      guard count > 1 else { return nil }
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      result = kind == .stddev ? variance.squareRoot() : variance
    }
    return result.isFinite ? result : nil
  }
}
