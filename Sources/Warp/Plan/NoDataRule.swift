/// The `noData` of a request: which source pixels are to count as holding no data (REST API 1.3.3).
public struct NoDataRule: Sendable, Hashable {
  /// The values; the last one stands for the bands beyond the list.
  public var values: [Double]
  /// How many bands must hold their value.
  public var match: Match

  /// `esriNoDataMatchAny` and `esriNoDataMatchAll`.
  public enum Match: Sendable, Hashable {
    /// One band that holds its value makes the pixel transparent.
    case any
    /// Only a pixel whose bands all hold their values is transparent.
    case all
  }

  /// A rule; without `match` one value is matched by any band and a list by all of them, as the REST API says.
  public init(values: [Double], match: Match? = nil) {
    self.values = values
    self.match = match ?? (values.count > 1 ? .all : .any)
  }
}
