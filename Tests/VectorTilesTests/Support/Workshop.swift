import Foundation
import Testing
import Tiles
import VectorTiles

/// A folder with GeoJSON files and their indexes, which goes with it.
final class Workshop {
  let folder: URL
  private var files = 0

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "vectors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "state"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var state: String { folder.appending(path: "state").path }

  /// Writes a file.
  func file(_ text: String, name: String? = nil) throws -> String {
    try file(Data(text.utf8), name: name)
  }

  /// Writes a file.
  func file(_ bytes: Data, name: String? = nil) throws -> String {
    files += 1
    let url = folder.appending(path: name ?? "\(files).geojson")
    try bytes.write(to: url)
    return url.path
  }

  /// The index of a text.
  func index(_ text: String) throws -> LayerIndex { try LayerIndex.open(file(text), in: state) }

  /// A cutter of one layer, `layer`, of a text.
  func cutter(_ text: String, _ settings: LayerSettings = LayerSettings(name: "layer")) throws -> TileCutter {
    TileCutter([TileLayer(try index(text), settings)])
  }

  /// The features of the only layer of a tile, none where there is no tile.
  func features(_ text: String, _ level: Int, _ row: Int, _ column: Int) throws -> [DecodedTile.Feature] {
    let tile = try cutter(text).tile(TileAddress(level: level, row: row, column: column))
    return try tile.map { try DecodedTile($0).layers[0].features } ?? []
  }
}

extension String {
  /// A geometry as a FeatureCollection of one feature.
  static func collection(_ geometries: String..., properties: String = "null") -> String {
    let features = geometries.map { #"{"type":"Feature","properties":\#(properties),"geometry":\#($0)}"# }
    return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
  }

  static func point(_ x: Double, _ y: Double) -> String { #"{"type":"Point","coordinates":[\#(x),\#(y)]}"# }

  static func line(_ points: [Double]...) -> String { #"{"type":"LineString","coordinates":\#(points)}"# }

  static func polygon(_ rings: [[Double]]...) -> String { #"{"type":"Polygon","coordinates":\#(rings)}"# }
}
