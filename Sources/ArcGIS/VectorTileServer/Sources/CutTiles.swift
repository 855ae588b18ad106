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

  /// What is wrong with the layers, one sentence each: layers that can't be shown, and features.
  let problems: [String]

  /// - Parameters:
  ///   - files: the layers in the order of drawing. One that can't be read is left out.
  ///   - folder: where their indexes are kept; it is there.
  /// - Throws: `VectorTileError` of the first layer where none can be read.
  init(_ files: [VectorService.Layer], buffer: Int, indexesIn folder: String) throws(VectorTileError) {
    var tileLayers: [TileLayer] = []
    var problems: [String] = []
    var failure: VectorTileError?
    for (order, file) in files.enumerated() {
      let options = file.settings
      do throws(VectorTileError) {
        let index = try LayerIndex.open(file.path, in: folder)
        let description = index.description
        problems += description.problems.map { "\(file.path): feature \($0.feature): \($0.reason)" }
        let rest = description.problemCount - description.problems.count
        if rest > 0 { problems.append("\(file.path): \(rest) more problems") }
        tileLayers.append(
          TileLayer(
            index,
            LayerSettings(
              name: options.name, minzoom: options.minzoom, maxzoom: options.maxzoom,
              fields: options.fields.map(Set.init), order: order, idField: options.idField)))
      } catch {
        failure = failure ?? error
        problems.append("\(file.path) is left out: \(error.reason)")
      }
    }
    if tileLayers.isEmpty, let failure { throw failure }
    self.problems = problems
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

  func tile(_ address: TileAddress) throws -> [UInt8]? { try cutter.tile(address).flatMap { Gzip.compressed($0) } }

  func exists(_ address: TileAddress) throws -> Bool { try cutter.exists(address) }

  func index(isCancelled: () -> Bool) throws -> JSON {
    ["index": try cutter.tree(to: deepestIndexed ?? 0).json]
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
