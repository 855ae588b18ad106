/// The date fields of a mosaic's catalog that tell the time of its rasters (REST API 1.2, `timeInfo`).
public struct TimeInfo: Sendable, Hashable {
  /// The field of a raster's first moment, as it is declared.
  public let startField: String
  /// The field of a raster's last moment, as it is declared; the same one where rasters have moments.
  public let endField: String

  /// Fields from their names.
  public init(startField: String, endField: String) {
    self.startField = startField
    self.endField = endField
  }

  /// The time of a raster; `nil` where one of the fields has no value, or the last moment is before the first.
  func time(of attributes: [String: FieldValue]) -> TimeSpan? {
    guard case .date(let start) = attributes[startField], case .date(let end) = attributes[endField], start <= end
    else { return nil }
    return start...end
  }

  /// Whether the last moment of a raster is before its first.
  func isReversed(_ attributes: [String: FieldValue]) -> Bool {
    guard case .date(let start) = attributes[startField], case .date(let end) = attributes[endField] else {
      return false
    }
    return start > end
  }
}
