import JSONValue
import Spatial
import Tiles

/// A style for tiles that come without one: areas pale with an edge, lines over them, points on top, names where there are
/// fonts and a property that looks like one.
struct DefaultStyle {
  /// The name of the service.
  let name: String
  /// The tiles.
  let tiles: any VectorTileSource
  /// The font of names; `nil` for none.
  let fontstack: String?
  /// Whether there are sprites.
  let hasSprite: Bool

  private static let hues = [205, 95, 35, 325, 265, 165, 15, 240, 65, 125]

  /// The style.
  var json: JSON {
    var members: JSONObject = ["version": 8, "name": .string(name)]
    if hasSprite { members["sprite"] = "../sprites/sprite" }
    if fontstack != nil { members["glyphs"] = "../fonts/{fontstack}/{range}.pbf" }
    members["sources"] = ["esri": ["type": "vector", "url": "../../"]]
    members["layers"] = .array(layers)
    return .object(members)
  }

  private var layers: [JSON] {
    let colored = tiles.layers.enumerated().map { ($1, Self.hues[$0 % Self.hues.count]) }
    var layers: [JSON] = [
      ["id": "background", "type": "background", "paint": ["background-color": "#f7f5f0"]]
    ]
    // Where nobody knows what a layer holds, each kind is drawn of what there is.
    for (layer, hue) in colored where layer.hasAreas || layer.isUnknown {
      layers.append(
        entry(
          layer, "fill", filter: "Polygon",
          ["fill-color": .string("hsl(\(hue), 45%, 82%)"), "fill-outline-color": .string("hsl(\(hue), 30%, 55%)")]))
    }
    for (layer, hue) in colored where layer.hasLines || layer.isUnknown {
      layers.append(
        entry(
          layer, "line", filter: "LineString",
          [
            "line-color": .string("hsl(\(hue), 45%, 45%)"),
            "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 8, 1.5, 16, 4],
          ]))
    }
    for (layer, hue) in colored where layer.hasPoints || layer.isUnknown {
      layers.append(
        entry(
          layer, "circle", filter: "Point",
          [
            "circle-color": .string("hsl(\(hue), 60%, 45%)"),
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 0, 1.5, 10, 5],
            "circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
          ]))
    }
    if let fontstack {
      for (layer, hue) in colored {
        if let label = label(layer, hue, fontstack) { layers.append(label) }
      }
    }
    return layers
  }

  private func entry(_ layer: VectorLayer, _ type: String, filter: String, _ paint: JSON) -> JSON {
    [
      "id": .string("\(layer.name) \(type)"), "type": .string(type), "source": "esri",
      "source-layer": .string(layer.name), "filter": ["==", ["geometry-type"], .string(filter)], "paint": paint,
    ]
  }

  private func label(_ layer: VectorLayer, _ hue: Int, _ fontstack: String) -> JSON? {
    guard let field = layer.fields.first(where: { $0.name.lowercased() == "name" }) else { return nil }
    return [
      "id": .string("\(layer.name) label"), "type": "symbol", "source": "esri", "source-layer": .string(layer.name),
      "layout": [
        "text-field": ["get", .string(field.name)], "text-font": [.string(fontstack)], "text-size": 12,
        "text-offset": layer.hasPoints ? [0, 1] : [0, 0],
      ],
      "paint": [
        "text-color": .string("hsl(\(hue), 40%, 25%)"), "text-halo-color": "#ffffff", "text-halo-width": 1.2,
      ],
    ]
  }
}

extension VectorLayer {
  fileprivate var isUnknown: Bool { !hasAreas && !hasLines && !hasPoints }
}
