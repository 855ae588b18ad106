/// How a layer is shown.
public struct LayerSettings: Sendable, Hashable {
  /// The name of the layer in tiles.
  public var name: String
  /// The first level that shows the layer.
  public var minzoom: Int
  /// The last level that has tiles of the layer; clients draw deeper ones from it.
  public var maxzoom: Int
  /// The properties that tiles have; `nil` for all.
  public var fields: Set<String>?
  /// Layers with lower numbers come first in a tile; those with the same number in the order in which they are given.
  public var order: Int
  /// The property whose value becomes the `id` of a feature, where it is a whole number that is not negative, or a text of
  /// digits; `nil` for GeoJSON's own `id`.
  public var idField: String?

  /// Settings; all but the name have defaults.
  public init(
    name: String, minzoom: Int = 0, maxzoom: Int = 22, fields: Set<String>? = nil, order: Int = 0,
    idField: String? = nil
  ) {
    self.name = name
    self.minzoom = minzoom
    self.maxzoom = maxzoom
    self.fields = fields
    self.order = order
    self.idField = idField
  }
}
