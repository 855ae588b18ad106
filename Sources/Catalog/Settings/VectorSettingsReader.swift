import JSONValue

/// Reads the `service.json` of a vector tile service.
struct VectorSettingsReader: MemberReader {
  /// What was read.
  private(set) var settings = VectorSettings()
  /// Members that mean nothing here, one sentence each.
  private(set) var warnings: [String] = []

  private static let levels = 0...22

  /// Reads a whole file.
  /// - Throws: `ServiceFileError` with the first thing that is wrong.
  init(_ bytes: [UInt8]) throws(ServiceFileError) {
    let json: JSON
    do {
      json = try JSON(parsing: bytes)
    } catch {
      throw ServiceFileError(reason: "is not JSON: \(error.reason) at byte \(error.offset)")
    }
    guard let object = json.object else { throw ServiceFileError(reason: "has to be a JSON object") }
    for (name, value) in object { try read(name, value) }
  }

  private mutating func read(_ name: String, _ value: JSON) throws(ServiceFileError) {
    switch name {
    case "description", "serviceDescription": settings.description = try text(name, value)
    case "copyrightText": settings.copyrightText = try text(name, value)
    case "capabilities": settings.capabilities = try list(name, value)
    case "tokenRequired":
      settings.tokenRequired = try truth(name, value)
      if settings.tokenRequired { warnings.append("there are no tokens yet: the service is open to all") }
    case "portalItemId": settings.portalItemId = try text(name, value)
    case "exportTilesAllowed": settings.exportTilesAllowed = try truth(name, value)
    case "maxExportTilesCount": settings.maxExportTilesCount = try whole(name, value, in: 0...1_000_000_000)
    case "exportTilesDialect":
      settings.exportDialect = VectorSettings.ExportDialect(
        rawValue: try choice(name, value, of: VectorSettings.ExportDialect.allCases.map(\.rawValue)))
    case "buffer": settings.buffer = try whole(name, value, in: 0...2048)
    case "layers":
      guard let list = value.array else { throw ServiceFileError(reason: "\"layers\" has to be a list of objects") }
      var layers: [LayerOptions] = []
      for json in list { layers.append(try layer(json)) }
      settings.layers = layers
    default: warnings.append("\"\(name)\" means nothing here and is passed over")
    }
  }

  private mutating func layer(_ json: JSON) throws(ServiceFileError) -> LayerOptions {
    guard let members = json.object, let file = (members["file"] ?? members["name"])?.string else {
      throw ServiceFileError(reason: "every one of \"layers\" needs a \"file\", the name of its GeoJSON file")
    }
    let stem = RasterGroup.split(file)
    var options = LayerOptions(file: VectorSource.layerExtensions.contains(stem.extension) ? stem.stem : file)
    for (name, value) in members {
      switch name {
      case "file": break
      case "name": options.name = try text(name, value)
      case "minzoom": options.minzoom = try whole(name, value, in: Self.levels)
      case "maxzoom": options.maxzoom = try whole(name, value, in: Self.levels)
      case "fields": options.fields = try list(name, value)
      case "idField": options.idField = try text(name, value)
      default: warnings.append("\"\(name)\" of a layer means nothing here and is passed over")
      }
    }
    guard options.minzoom <= options.maxzoom else {
      throw ServiceFileError(reason: "\"minzoom\" of the layer \"\(file)\" has to be at most its \"maxzoom\"")
    }
    return options
  }
}
