/// What the owner of a vector tile service says of it in `service.json`, and what holds where nothing is said.
public struct VectorSettings: Sendable, Equatable {
  /// In which manner exports are answered.
  public enum ExportDialect: String, Sendable, CaseIterable {
    /// That of ArcGIS Enterprise: jobs with results.
    case enterprise
    /// That of ArcGIS Online: jobs with an output address.
    case online
  }

  /// Free text.
  public var description = ""
  /// Whom the data belongs to.
  public var copyrightText = ""
  /// What clients are told that the service can.
  public var capabilities = ["TilesOnly", "Tilemap"]
  /// Whether a request has to carry a token.
  public var tokenRequired = false
  /// The item that stands for the service in the portal.
  public var portalItemId: String?
  /// Whether packages may be made.
  public var exportTilesAllowed = true
  /// The most tiles of one package.
  public var maxExportTilesCount = 100_000
  /// The manner of exports; `nil` goes by the request.
  public var exportDialect: ExportDialect?
  /// Units around a tile that it shows too, of 4096 a side.
  public var buffer = 64
  /// How layers are shown, in the order of drawing.
  public var layers: [LayerOptions] = []

  /// The settings of a service about which nothing is said.
  public init() {}
}

/// How a layer is shown.
public struct LayerOptions: Sendable, Equatable {
  /// The name of its file without the extension.
  public var file: String
  /// The name of the layer in tiles.
  public var name: String
  /// The first level that shows it.
  public var minzoom = 0
  /// The last level that shows it.
  public var maxzoom = 22
  /// The properties that tiles have; `nil` for all.
  public var fields: [String]?
  /// The property whose value becomes the identifier of a feature; `nil` for that of GeoJSON.
  public var idField: String?

  /// A layer as its file is.
  public init(file: String) {
    self.file = file
    name = file
  }
}
