import JSONValue
import Worlds

/// `…/ImageServer/rasterFunctionInfos`: the raster functions that the service offers (REST API 1.15).
enum RasterFunctionInfos {
  static let operation = Operation(
    "rasterFunctionInfos", title: "Raster Function Infos", "The raster functions that the service offers.",
    scope: .imageService, capability: "Image", since: ServerVersion(10, 1), weight: .light, stable: true
  ) { _ in .json(["rasterFunctionInfos": list]) }

  /// The list, as the service root has it too. Its first entry is the function that does nothing.
  static let list: JSON = [
    [
      "name": "None", "description": "Make a Raster or Raster Dataset into a Function Raster Dataset.", "help": "",
    ]
  ]
}
