import JSONValue
import Worlds

/// `…/ImageServer/colormap`: the colours of a palette, value by value (REST API 1.17).
enum ServiceColormap {
  static let operation = Operation(
    "colormap", title: "Colormap", "The colour of each value.", scope: .imageService, capability: "Image",
    available: { $0.colormap != nil },
    since: ServerVersion(10, 1),
    weight: .light, stable: true
  ) { call in
    let entries = (try call.imageService().colormap ?? []).enumerated().map { value, color in
      JSON.array([.int(value), .int(Int(color.x)), .int(Int(color.y)), .int(Int(color.z))])
    }
    return .json(["colormap": .array(entries)])
  }
}
