import Tiles

/// Which tiles there are, from one tile down: the form of a `tilemap` (tile packages, 10).
public indirect enum TileTree: Sendable, Hashable {
  /// No tile here or below.
  case nothing
  /// A tile here, and none below.
  case leaf
  /// Four trees below: upper left, upper right, lower left, lower right. There is a tile here, unless all layers with
  /// features here begin at deeper levels.
  case branch(hasTile: Bool, [TileTree])
}

extension TileCutter {
  /// The tiles from one down to a level. Where no feature comes near a tile nothing below it is looked at.
  /// - Parameter limit: how many tiles there may be.
  /// - Throws: `VectorTileError.tooManyTiles` where there are more, `damagedIndex`.
  public func tree(
    from root: TileAddress = TileAddress(level: 0, row: 0, column: 0), to deepest: Int, limit: Int = 1_000_000
  ) throws(VectorTileError) -> TileTree {
    var rest = limit
    return try tree(root, deepest, limit, &rest)
  }

  private func tree(
    _ address: TileAddress, _ deepest: Int, _ limit: Int, _ rest: inout Int
  ) throws(VectorTileError) -> TileTree {
    let last = min(deepest, layers.map(\.settings.maxzoom).max() ?? 0)
    guard Self.isInScheme(address), address.level <= last, try mayHaveTiles(address) else { return .nothing }
    let hasTile = try exists(address)
    if hasTile {
      rest -= 1
      guard rest >= 0 else { throw .tooManyTiles(limit: limit) }
    }
    guard address.level < last else { return hasTile ? .leaf : .nothing }
    var children: [TileTree] = []
    for child in address.children { children.append(try tree(child, deepest, limit, &rest)) }
    if children.allSatisfy({ $0 == .nothing }) { return hasTile ? .leaf : .nothing }
    return .branch(hasTile: hasTile, children)
  }

  /// Visits the tiles of some levels that meet an area, each before those within it.
  /// - Parameters:
  ///   - levels: the levels to visit.
  ///   - area: whether a tile is wanted, and those within it may be.
  ///   - body: answers `false` to end.
  /// - Throws: `VectorTileError.damagedIndex`, and what `body` throws.
  public func forEachTile(
    levels: ClosedRange<Int>, within area: (TileAddress) -> Bool,
    _ body: (TileAddress) throws(VectorTileError) -> Bool
  ) throws(VectorTileError) {
    try forEachPlace(levels: levels, within: area) { address throws(VectorTileError) in
      guard try exists(address) else { return true }
      return try body(address)
    }
  }

  /// Cuts the tiles that `forEachTile` visits, which takes half of the time that both take one after the other.
  /// - Throws: `VectorTileError.damagedIndex`, and what `body` throws.
  public func cutEachTile(
    levels: ClosedRange<Int>, within area: (TileAddress) -> Bool,
    _ body: (TileAddress, [UInt8]) throws(VectorTileError) -> Bool
  ) throws(VectorTileError) {
    try forEachPlace(levels: levels, within: area) { address throws(VectorTileError) in
      guard let tile = try tile(address) else { return true }
      return try body(address, tile)
    }
  }

  /// Visits tiles that may exist.
  private func forEachPlace(
    levels: ClosedRange<Int>, within area: (TileAddress) -> Bool,
    _ body: (TileAddress) throws(VectorTileError) -> Bool
  ) throws(VectorTileError) {
    let last = min(levels.upperBound, layers.map(\.settings.maxzoom).max() ?? 0, WorldGrid.deepestLevel)
    var stack = [TileAddress(level: 0, row: 0, column: 0)]
    while let address = stack.popLast() {
      guard area(address), try mayHaveTiles(address) else { continue }
      if levels.contains(address.level), try !body(address) { return }
      if address.level < last { stack += address.children.reversed() }
    }
  }

  /// Of each tile of a range whether it exists, row by row.
  /// - Throws: `VectorTileError.damagedIndex`.
  public func existing(in range: TileRange) throws(VectorTileError) -> [Bool] {
    var out: [Bool] = []
    out.reserveCapacity(range.count)
    for row in range.rows {
      for column in range.columns {
        out.append(try exists(TileAddress(level: range.level, row: row, column: column)))
      }
    }
    return out
  }

  /// Whether a feature's box comes near a tile, so that there may be tiles there or below.
  private func mayHaveTiles(_ address: TileAddress) throws(VectorTileError) -> Bool {
    let cutter = GeometryCutter(level: address.level, row: address.row, column: address.column, buffer: buffer)
    let box = cutter.box(unitLevel: WorldGrid.deepestLevel)
    for layer in layers where layer.settings.maxzoom >= address.level {
      var isFound = false
      try layer.index.visit(box, level: WorldGrid.deepestLevel) { _ in
        isFound = true
        return true
      }
      if isFound { return true }
    }
    return false
  }
}

extension TileAddress {
  /// The four tiles of the next level: upper left, upper right, lower left, lower right.
  var children: [TileAddress] {
    [(0, 0), (0, 1), (1, 0), (1, 1)].map {
      TileAddress(level: level + 1, row: row * 2 + $0.0, column: column * 2 + $0.1)
    }
  }
}
