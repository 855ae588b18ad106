import Catalog
import Warp

extension ImageService {
  /// What addresses call the service.
  var identifier: ServiceIdentifier { ServiceIdentifier(path, .image) }

  /// The kind of data: what its settings say, else what its pixels look like.
  var dataType: String {
    if let given = settings.serviceDataType { return given }
    if colormap != nil { return "esriImageServiceDataTypeThematic" }
    return bandCount == 3 && pixelType == .u8 ? "esriImageServiceDataTypeRGB" : "esriImageServiceDataTypeGeneric"
  }

  /// What the service can, in the order of its settings.
  var capabilities: [String] {
    settings.capabilities.filter {
      ($0 != "Tilemap" || settings.tiling.isCached) && ($0 == Self.tilesOnly || Operations.capabilities.contains($0))
    }
  }

  /// Whether the service gives tiles alone and draws no pictures.
  var isTilesOnly: Bool { settings.capabilities.contains(Self.tilesOnly) }

  private static let tilesOnly = "TilesOnly"

  /// The kernel where a request names none.
  var resampling: Resampling {
    switch settings.defaultResamplingMethod {
    case "Nearest": .nearest
    case "Cubic": .cubic
    case "Majority": .majority
    default: .bilinear
    }
  }

  /// The names of the bands.
  var bandNames: [String] {
    if let names = settings.bandNames, names.count == bandCount { return names }
    return dataType == "esriImageServiceDataTypeRGB"
      ? ["Red", "Green", "Blue"] : (1...max(1, bandCount)).map { "Band_\($0)" }
  }
}
