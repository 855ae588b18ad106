import Tiles

/// Cuts layers into vector tiles of `TilingScheme.webMercatorVector`. A value that any number of threads may use at once.
///
/// - Points are always shown. A line or area that is smaller than a unit of the tile (an eighth of a pixel) is shown as the
///   least one there is, but of many such only the first in each square of 16 pixels.
/// - Areas are valid in the sense of OGC's, with outer rings clockwise. Only one that crosses itself in so many places
///   (a hundred thousand) that it can't be mended in time is left as it is.
/// - What lies on the 180th meridian is not repeated on the other side of the map.
public struct TileCutter: Sendable {
  /// Units along a side of a tile.
  public static let extent = WorldGrid.tileExtent
  /// Units around a tile that it shows too, where nothing else is said.
  public static let defaultBuffer = 64

  /// The layers, in the order in which tiles have them.
  public let layers: [TileLayer]
  /// Units around a tile that it shows too.
  public let buffer: Int

  /// A cutter of layers.
  /// - Parameter buffer: 0 to 4096.
  public init(_ layers: [TileLayer], buffer: Int = TileCutter.defaultBuffer) {
    self.layers = layers.enumerated().sorted {
      ($0.element.settings.order, $0.offset) < ($1.element.settings.order, $1.offset)
    }.map(\.element)
    self.buffer = min(max(buffer, 0), Self.extent)
  }

  /// A tile as a Mapbox vector tile 2.1, not compressed; `nil` where it would have no feature, or the scheme has no such tile.
  /// - Throws: `VectorTileError.damagedIndex`.
  public func tile(_ address: TileAddress) throws(VectorTileError) -> [UInt8]? {
    guard Self.isInScheme(address) else { return nil }
    var cutter = cutter(address)
    let box = cutter.box(unitLevel: WorldGrid.deepestLevel)
    var tile = ByteBuffer(capacity: 1 << 14)
    var items: [TreeItem] = []
    for layer in layers where layer.isShown(at: address.level) {
      items.removeAll(keepingCapacity: true)
      try layer.index.visit(box, level: address.level) { item throws(VectorTileError) in
        items.append(item)
        return false
      }
      guard !items.isEmpty else { continue }
      // The order of the file is the order of drawing.
      items.sort { $0.place < $1.place }
      var writer = LayerWriter(layer)
      for item in items { try writer.add(item, level: address.level, &cutter) }
      writer.finish(into: &tile)
    }
    return tile.count > 0 ? tile.array : nil
  }

  /// Whether `tile` answers a tile: found out by the first feature that it would have.
  /// - Throws: `VectorTileError.damagedIndex`.
  public func exists(_ address: TileAddress) throws(VectorTileError) -> Bool {
    guard Self.isInScheme(address) else { return false }
    var cutter = cutter(address)
    let box = cutter.box(unitLevel: WorldGrid.deepestLevel)
    var out = ByteBuffer()
    for layer in layers where layer.isShown(at: address.level) {
      var isFound = false
      try layer.index.visit(box, level: address.level) { item throws(VectorTileError) in
        let record = try layer.index.record(item, level: address.level)
        out.truncate(to: 0)
        guard let isShown = cutter.write(record, item, to: &out) else {
          throw .damagedIndex(path: layer.index.path)
        }
        isFound = isShown
        return isShown
      }
      if isFound { return true }
    }
    return false
  }

  private func cutter(_ address: TileAddress) -> GeometryCutter {
    GeometryCutter(level: address.level, row: address.row, column: address.column, buffer: buffer)
  }

  /// Whether the scheme has a tile.
  static func isInScheme(_ address: TileAddress) -> Bool {
    guard (0...WorldGrid.deepestLevel).contains(address.level) else { return false }
    let grid = 0..<(1 << address.level)
    return grid.contains(address.row) && grid.contains(address.column)
  }
}
