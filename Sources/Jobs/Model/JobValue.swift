import JSONValue

/// A value that a job was given or has made, as the REST API tells it (2.6).
public struct JobValue: Sendable, Equatable {
  /// The name of the parameter.
  public var name: String
  /// The name of its geoprocessing type: `GPString` …
  public var dataType: String
  /// The value. In texts `{directories}` stands for the address of the output directories, which is known only when a
  /// client asks.
  public var value: JSON

  /// A value of a parameter.
  public init(_ name: String, dataType: String, _ value: JSON) {
    self.name = name
    self.dataType = dataType
    self.value = value
  }
}
