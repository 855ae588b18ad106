/// Writes tiles into bundles, one bundle after the other; in memory is the index of one.
final class CompactWriter: TileLayout {
  private let folder: String
  private let isV2: Bool
  private let limit: (TileRange) -> Int
  private var bundle: BundleAddress?
  private var finished: Set<BundleAddress> = []
  /// Where each cell's tile begins, and its size; in the order of the format's index, no size for none.
  private var offsets: [Int] = []
  private var sizes: [Int] = []
  private var position = 0

  /// - Parameters:
  ///   - folder: the folder of levels, `tile` or `_alllayers`.
  ///   - isV2: whether bundles begin with their index.
  ///   - limit: how many bytes the tiles of a rectangle can have at most, one with another.
  init(folder: String, isV2: Bool, limit: @escaping (TileRange) -> Int) {
    self.folder = folder
    self.isV2 = isV2
    self.limit = limit
  }

  func append(_ tile: [UInt8], at address: TileAddress, to output: any CacheOutput) throws(TileCacheError) {
    precondition(!tile.isEmpty && address.row >= 0 && address.column >= 0, "a tile has bytes and a place")
    guard tile.count <= TileStorage.maximumTileBytes else {
      throw .unsupported(
        "tile \(address.level)/\(address.row)/\(address.column) has \(tile.count) bytes: a bundle takes no more than \(TileStorage.maximumTileBytes)"
      )
    }
    let bundle = BundleAddress(of: address)
    if bundle != self.bundle {
      try finish(output)
      try begin(bundle, output)
    }
    let cell = isV2 ? BundleAddress.rowMajor(address) : BundleAddress.columnMajor(address)
    precondition(sizes[cell] == 0, "each tile comes once")
    // The index of V2 points to the tile, that of V1 to the size before it.
    offsets[cell] = isV2 ? position + 4 : position
    sizes[cell] = tile.count
    var size: [UInt8] = []
    size.append(littleEndian: UInt32(tile.count))
    try output.append(size[...])
    try output.append(tile[...])
    position += 4 + tile.count
  }

  func finish(_ output: any CacheOutput) throws(TileCacheError) {
    guard let bundle else { return }
    self.bundle = nil
    finished.insert(bundle)
    let largest = sizes.max() ?? 0
    if isV2 {
      let records = zip(offsets, sizes).map { offset, size in
        size == 0 ? CompactV2.emptyRecord : UInt64(offset) | UInt64(size) << 40
      }
      try output.end(head: CompactV2.head(records: records, maximumTile: largest, fileSize: position))
    } else {
      let tiles = sizes.count { $0 > 0 }
      try output.end(head: CompactV1.head(bundle, tiles: tiles, maximumTile: largest, fileSize: position))
      try output.add("\(folder)/\(bundle.path).bundlx", CompactV1.index(offsets: offsets))
    }
  }

  private func begin(_ bundle: BundleAddress, _ output: any CacheOutput) throws(TileCacheError) {
    precondition(!finished.contains(bundle), "the tiles of a bundle come one after the other")
    let head = isV2 ? CompactV2.headBytes : CompactV1.headBytes
    let tiles = TileRange(
      level: bundle.level, rows: bundle.row..<bundle.row + TileStorage.packetSize,
      columns: bundle.column..<bundle.column + TileStorage.packetSize)
    try output.begin("\(folder)/\(bundle.path).bundle", head: head, limit: head + limit(tiles))
    self.bundle = bundle
    position = head
    sizes = [Int](repeating: 0, count: BundleAddress.cells)
    offsets = isV2 ? sizes : (0..<BundleAddress.cells).map(CompactV1.zeroRecord)
  }
}
