/// A bundle that is open for reading: its index is read where it is asked for, a record at a time.
struct Bundle: Sendable {
  private let tiles: FileRegion
  /// The index file of V1; `nil` for V2.
  private let index: FileRegion?

  /// A bundle that begins with its index.
  /// - Throws: `damaged` when it has not the form of one.
  init(v2 tiles: FileRegion) throws(TileCacheError) {
    guard tiles.count >= CompactV2.headBytes else { throw .damaged("\(tiles.name) ends within its index") }
    let header = try tiles.read(at: 0, count: CompactV2.headerBytes)
    // Of the header ArcGIS' own exports keep only these to what is published.
    guard header.littleEndian(UInt32.self, at: 0) == 3, header.littleEndian(UInt32.self, at: 12) == 5,
      header.littleEndian(UInt64.self, at: 32) == 40,
      header.littleEndian(UInt32.self, at: 60) == UInt32(CompactV2.indexBytes)
    else { throw .damaged("\(tiles.name) does not begin like a bundle of compact V2") }
    self.tiles = tiles
    index = nil
  }

  /// A bundle with its index in a file beside it.
  /// - Throws: `damaged` when they have not the form of such.
  init(v1 tiles: FileRegion, index: FileRegion) throws(TileCacheError) {
    guard tiles.count >= CompactV1.headerBytes, index.count >= CompactV1.indexFileBytes - 16 else {
      throw .damaged("\(tiles.name) or its index is too short")
    }
    guard try tiles.read(at: 0, count: 4).littleEndian(UInt32.self, at: 0) == 3 else {
      throw .damaged("\(tiles.name) does not begin like a bundle of the compact cache")
    }
    self.tiles = tiles
    self.index = index
  }

  /// Where a tile's bytes are; `nil` when there is none.
  /// - Throws: `damaged` when the index points beside the bundle.
  func region(of tile: TileAddress) throws(TileCacheError) -> FileRegion? {
    let offset: Int
    let size: Int
    if let index {
      let place = 16 + 5 * BundleAddress.columnMajor(tile)
      let record = try index.read(at: place, count: 5)
      let start = record.reversed().reduce(0) { $0 << 8 | Int($1) }
      size = Int(try tiles.read(at: start, count: 4).littleEndian(UInt32.self, at: 0))
      offset = start + 4
    } else {
      let place = CompactV2.headerBytes + 8 * BundleAddress.rowMajor(tile)
      let record = try tiles.read(at: place, count: 8).littleEndian(UInt64.self, at: 0)
      offset = Int(record & 0xFF_FFFF_FFFF)
      size = Int(record >> 40)
    }
    guard size > 0 else { return nil }
    guard size <= TileStorage.maximumTileBytes, offset >= CompactV1.headerBytes, offset <= tiles.count,
      size <= tiles.count - offset
    else {
      throw .damaged("the index of \(tiles.name) points beside it for tile \(tile.level)/\(tile.row)/\(tile.column)")
    }
    return FileRegion(file: tiles.file, offset: tiles.offset + offset, count: size, name: tiles.name)
  }
}
