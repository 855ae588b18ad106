import Catalog
import JSONValue
import Spatial
import Tiles
import VectorTiles

/// Tiles that are cut of layers when they are asked for.
struct CutTiles: VectorTileSource {
  let scheme = TilingScheme.webMercatorVector
  let levels: ClosedRange<Int>
  let extent: Envelope
  let geographicExtent: Envelope
  let layers: [VectorLayer]
  private let cutter: TileCutter

  /// Tiles that the whole index may have.
  private static let largestIndex = 24_000

  /// - Parameters:
  ///   - files: the layers in the order of drawing.
  ///   - folder: where their indexes are kept; it is there.
  /// - Throws: `VectorTileError`, also where no layer has anything to show.
  init(_ files: [VectorService.Layer], buffer: Int, indexesIn folder: String) throws(VectorTileError) {
    var tileLayers: [TileLayer] = []
    for (order, file) in files.enumerated() {
      let options = file.settings
      tileLayers.append(
        TileLayer(
          try LayerIndex.open(file.path, in: folder),
          LayerSettings(
            name: options.name, minzoom: options.minzoom, maxzoom: options.maxzoom,
            fields: options.fields.map(Set.init),
            order: order, idField: options.idField)))
    }
    cutter = TileCutter(tileLayers, buffer: buffer)
    layers = tileLayers.map { layer in
      let kinds = layer.index.description.kinds
      return VectorLayer(
        name: layer.settings.name, levels: layer.settings.minzoom...layer.settings.maxzoom,
        fields: layer.fields.map { ($0.name, $0.type.rawValue) }, hasAreas: kinds[.polygon, default: 0] > 0,
        hasLines: kinds[.line, default: 0] > 0, hasPoints: kinds[.point, default: 0] > 0)
    }
    let descriptions = tileLayers.map(\.index.description)
    let world = TilingScheme.webMercatorVector.origin
    extent =
      descriptions.compactMap(\.extent).reduce(nil as Envelope?) { $0?.union($1) ?? $1 }
      ?? Envelope(xmin: world.x, ymin: -world.y, xmax: -world.x, ymax: world.y)
    geographicExtent =
      descriptions.compactMap(\.geographicExtent).reduce(nil as Envelope?) { $0?.union($1) ?? $1 }
      ?? Envelope(xmin: -180, ymin: -85, xmax: 180, ymax: 85)
    levels = 0...(layers.map(\.levels.upperBound).max() ?? 0)
  }

  /// The problems of the layers' features, by file, for the log.
  static func problems(of files: [VectorService.Layer], indexesIn folder: String) throws(VectorTileError) -> [String] {
    var problems: [String] = []
    for file in files {
      let description = try LayerIndex.open(file.path, in: folder).description
      problems += description.problems.map { "\(file.path): feature \($0.feature): \($0.reason)" }
      if description.problemCount > description.problems.count {
        problems.append("\(file.path): \(description.problemCount - description.problems.count) more problems")
      }
    }
    return problems
  }

  func tile(_ address: TileAddress) throws -> [UInt8]? { try cutter.tile(address).flatMap { Gzip.compressed($0) } }

  func exists(_ address: TileAddress) throws -> Bool { try cutter.exists(address) }

  /// The index goes down as far as it stays small; below its last tiles clients draw from these.
  func index() throws -> JSON {
    var deepest = 0
    var count = 0
    for level in levels {
      count += coverage.range(of: level).count
      guard count <= Self.largestIndex else { break }
      deepest = level
    }
    return ["index": try cutter.tree(to: deepest).json]
  }

  func resource(_ path: String) -> [UInt8]? { nil }
}

extension TileTree {
  /// A node as `tilemap` has it.
  fileprivate var json: JSON {
    switch self {
    case .nothing: 0
    case .leaf: 1
    case .branch(_, let children): .array(children.map(\.json))
    }
  }
}
