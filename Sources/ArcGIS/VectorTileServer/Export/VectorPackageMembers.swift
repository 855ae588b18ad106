import Catalog
import Codecs
import JSONValue
import Pixels
import Spatial
import Tiles
import Worlds

/// The files of a vector tile package besides its tiles (tile packages, 10).
struct VectorPackageMembers {
  let service: VectorService
  let tiles: any VectorTileSource
  /// The levels that are exported.
  let levels: [Int]
  /// The ground that is exported, in the scheme's spatial reference.
  let extent: Envelope
  let version: ServerVersion

  private var geographicExtent: Envelope {
    (try? extent.projected(from: tiles.scheme.spatialReference, to: .wgs84)) ?? tiles.geographicExtent
  }

  private var last: Int { levels.last ?? 0 }

  /// What the package says of itself.
  func description(created: Int, identifier: String) throws -> TileCacheDescription {
    TileCacheDescription(
      name: service.name, scheme: tiles.scheme, format: .pbf, minLOD: levels.first ?? 0, maxLOD: last,
      fullExtent: extent, geographicExtent: geographicExtent,
      minScale: tiles.scheme[levels.first ?? 0]?.scale ?? 0, maxScale: tiles.scheme[last]?.scale ?? 0,
      summary: service.settings.description, copyrightText: service.settings.copyrightText, tags: [service.name],
      thumbnail: try ImageFormat.png24.encode(
        PixelBlock(
          width: 200, height: 133, bands: 3, pixelType: .u8,
          samples: [UInt8](repeating: 0xE8, count: 200 * 133 * 3))
      ).bytes, created: created, identifier: identifier)
  }

  /// Style, fonts, sprites and their list.
  func resources() throws -> [PackageMember] {
    let resources = VectorResources(service, tiles)
    var members = [PackageMember("p12/resources/styles/root.json", try style(resources))]
    var names: [String] = []
    for stack in try resources.fontstacks() {
      for range in GlyphRange.all {
        // A range without glyphs is there too: readers have no server to ask.
        let file = try resources.file("fonts/\(stack)/\(range.fileName)") ?? range.empty(stack)
        members.append(PackageMember("p12/resources/fonts/\(stack)/\(range.fileName)", file))
        names.append("../fonts/\(stack)/\(range.fileName)")
      }
    }
    let empty = try ImageFormat.png32.encode(.empty(width: 1, height: 1, bands: 1, pixelType: .u8)).bytes
    for name in ["sprite.json", "sprite.png", "sprite@2x.json", "sprite@2x.png"] {
      let file = try resources.file("sprites/\(name)") ?? (name.hasSuffix("json") ? Array("{}".utf8) : empty)
      members.append(PackageMember("p12/resources/sprites/\(name)", file))
      names.append("../sprites/\(name)")
    }
    names.append("../../metadata.json")
    let list: JSON = ["resourceInfo": .array(names.map(JSON.string))]
    members.append(PackageMember("p12/resources/info/root.json", list.serialized()))
    members.append(PackageMember("p12/metadata.json", metadata.serialized()))
    return members
  }

  /// Root and tile map, which tell what tiles there are.
  func afterTiles(_ index: TileIndex) throws -> [PackageMember] {
    [
      PackageMember("p12/root.json", try root(deepest: index.deepest ?? last).serialized()),
      PackageMember("p12/tilemap/root.json", index.serialized()),
    ]
  }

  /// The style with sources that are in the package.
  private func style(_ resources: VectorResources) throws -> [UInt8] {
    let bytes = try resources.style()
    guard var style = (try? JSON(parsing: bytes))?.object else { return bytes }
    let box = geographicExtent
    var sources = JSONObject()
    for (name, source) in style["sources"]?.object ?? [:] {
      guard var members = source.object, members["type"]?.string == "vector" else {
        sources[name] = source
        continue
      }
      members["bounds"] = [.double(box.xmin), .double(box.ymin), .double(box.xmax), .double(box.ymax)]
      members["minzoom"] = .int(levels.first ?? 0)
      members["maxzoom"] = .int(last)
      members["scheme"] = "xyz"
      members["url"] = "../../"
      members["tiles"] = nil
      sources[name] = .object(members)
    }
    style["sources"] = .object(sources)
    return JSON.object(style).serialized()
  }

  private var metadata: JSON {
    let layers = tiles.layers
    return [
      "vector_layers": .array(layers.map(\.json)),
      "tilestats": [
        "layerCount": .int(layers.count),
        "layers": .array(
          layers.map { layer in
            [
              "layer": .string(layer.name),
              "geometry": .string(layer.hasAreas ? "Polygon" : layer.hasLines ? "LineString" : "Point"),
              "attributeCount": .int(layer.fields.count),
              "attributes": .array(
                layer.fields.map { ["attribute": .string($0.name), "type": .string($0.type.lowercased())] }),
            ]
          }),
      ],
    ]
  }

  /// The members in the order of ArcGIS Pro. The scheme is told whole, for readers that count from level 0.
  private func root(deepest: Int) throws -> JSON {
    let scheme = tiles.scheme
    let extent = extent.json(in: scheme.spatialReference, for: version)
    var members: JSONObject = [
      "currentVersion": .double(version.number), "name": .string(service.name),
    ]
    if !service.settings.copyrightText.isEmpty { members["copyrightText"] = .string(service.settings.copyrightText) }
    members["capabilities"] = "TilesOnly"
    members["type"] = "indexedVector"
    members["tileMap"] = "tilemap"
    members["defaultStyles"] = "resources/styles"
    members["tiles"] = ["tile/{z}/{y}/{x}.pbf"]
    members["exportTilesAllowed"] = false
    members["initialExtent"] = extent
    members["fullExtent"] = extent
    members["minScale"] = .double(scheme.levels.first?.scale ?? 0)
    members["maxScale"] = .double(scheme[last]?.scale ?? 0)
    members["tileInfo"] = .object(scheme.jsonMembers(format: .pbf, for: version))
    members["maxzoom"] = .int(last)
    members["minLOD"] = .int(levels.first ?? 0)
    members["maxLOD"] = .int(deepest)
    members["resourceInfo"] = VectorTiles.resourceInfo
    return .object(members)
  }
}
