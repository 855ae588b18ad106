/// An order of rows: by the first column, rows that are equal there by the second one, and so on (REST API 1.10,
/// `orderByFields`).
public struct RowOrder: Sendable {
  /// Whether each column ascends, in rank.
  public let ascending: [Bool]

  /// An order of as many columns as there are directions.
  public init(ascending: [Bool]) { self.ascending = ascending }

  /// Orders rows; those that are equal stay as they stand.
  /// - Parameter values: gives a row's values, one a column.
  public func sort<Row>(_ rows: [Row], by values: (Row) -> [FieldValue]) -> [Row] {
    guard !ascending.isEmpty else { return rows }
    let keys = rows.map(values)
    return rows.indices.sorted { left, right in
      for (column, ascends) in ascending.enumerated() {
        let (first, second) = (keys[left][column], keys[right][column])
        if first.precedes(second) { return ascends }
        if second.precedes(first) { return !ascends }
      }
      return left < right
    }.map { rows[$0] }
  }
}
