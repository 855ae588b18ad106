/// Columns and rows of a picture, both above 0.
struct PictureSize: Hashable, Sendable {
  /// Columns.
  let width: Int
  /// Rows.
  let height: Int
}

extension ParameterType where Value == PictureSize {
  /// `width,height`; clients also send `512.0,256.0`.
  static let size = ParameterType("width,height: two whole numbers above 0") { text in
    guard let numbers = numberList(text, count: 2...2),
      numbers.allSatisfy({ $0 >= 1 && $0 == $0.rounded() })
    else { return nil }
    return PictureSize(width: Int(min(numbers[0], 1e9)), height: Int(min(numbers[1], 1e9)))
  }
}
