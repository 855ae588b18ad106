/// A layer of tiles: an index, and how it is shown.
public struct TileLayer: Sendable {
  /// The features.
  public let index: LayerIndex
  /// How they are shown.
  public let settings: LayerSettings
  /// Of each field of the index whether tiles have it.
  let isFieldShown: [Bool]
  /// The field whose value becomes a feature's `id`.
  let idField: Int?

  /// A layer from its parts.
  public init(_ index: LayerIndex, _ settings: LayerSettings) {
    self.index = index
    self.settings = settings
    let names = index.names.map { String(decoding: $0, as: UTF8.self) }
    isFieldShown = names.map { settings.fields?.contains($0) ?? true }
    idField = settings.idField.flatMap { names.firstIndex(of: $0) }
  }

  /// What TileJSON and tile packages say of the layer's properties: those that tiles have.
  public var fields: [LayerDescription.Field] {
    index.description.fields.filter { settings.fields?.contains($0.name) ?? true }
  }

  /// Whether a level shows the layer.
  func isShown(at level: Int) -> Bool { level >= settings.minzoom && level <= settings.maxzoom }
}
