/// An image service in a list of services.
public struct ServiceName: Sendable, Hashable {
  /// The services folder; `nil` at the root.
  public let folder: String?
  /// The name without its folder.
  public let name: String
  /// One raster or a mosaic of them.
  public let kind: ServiceKind

  /// The name with its folder, as it stands in addresses and answers.
  public var path: String { folder.map { "\($0)/\(name)" } ?? name }
}
