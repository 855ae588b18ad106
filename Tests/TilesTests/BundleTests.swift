import Foundation
import Spatial
import Testing

@testable import Tiles

@Suite("Bundles of compact caches")
struct BundleTests {
  /// The four tiles of the worked example: sizes by row and column, each beginning like a PNG.
  private static let sizes = [(0, 0, 186_654), (0, 1, 186_666), (1, 0, 186_690), (1, 1, 186_630)]

  private static func example(_ storage: TileStorage, in folder: TemporaryFolder) throws {
    let description = TileCacheDescription.world(levels: 1...1)
    let writer = try TilePackage.writer(
      .cacheDataset, storage: storage, description: description, folder: folder.path, fileStem: "c")
    for (row, column, size) in sizes {
      let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      try writer.append(
        png + [UInt8](repeating: 7, count: size - 8), at: TileAddress(level: 1, row: row, column: column))
    }
    #expect(try writer.finish() == ["c"])
  }

  private static func hex(_ text: String) -> [UInt8] {
    text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
  }

  @Test("of V2 have the bytes of the reference's worked example") func exampleV2() throws {
    let folder = try TemporaryFolder()
    try Self.example(.compactV2, in: folder)
    let bytes = try folder.bytes("c/_alllayers/L01/R0000C0000.bundle")
    #expect(bytes.count == 877_792)
    #expect(
      Array(bytes[0..<0x50])
        == Self.hex(
          """
          03 00 00 00  00 40 00 00  42 d9 02 00  05 00 00 00
          00 00 00 00 00 00 00 00   e0 64 0d 00 00 00 00 00
          28 00 00 00 00 00 00 00   14 00 02 00  03 00 00 00
          10 00 00 00  00 40 00 00  05 00 00 00  00 00 02 00
          44 00 02 00 00 1e d9 02   66 d9 04 00 00 2a d9 02
          """))
    // The next cell has no tile: offset 4, no size.
    #expect(Array(bytes[0x50..<0x58]) == Self.hex("04 00 00 00 00 00 00 00"))
    #expect(Array(bytes[0x440..<0x450]) == Self.hex("94 b2 07 00 00 42 d9 02   da 8b 0a 00 00 06 d9 02"))
    #expect(Array(bytes[0x20040..<0x2004C]) == Self.hex("1e d9 02 00  89 50 4e 47  0d 0a 1a 0a"))
  }

  @Test("of V1 have the bytes of the reference's worked example") func exampleV1() throws {
    let folder = try TemporaryFolder()
    try Self.example(.compact, in: folder)
    let bundle = try folder.bytes("c/_alllayers/L01/R0000C0000.bundle")
    // 65596 bytes before the tiles, which have four more each: 746,640 + 16.
    #expect(bundle.count == 65596 + 746_656)
    #expect(
      Array(bundle[0..<60])
        == Self.hex(
          """
          03 00 00 00  00 40 00 00  42 d9 02 00  05 00 00 00
          10 00 00 00 00 00 00 00   dc 64 0c 00 00 00 00 00
          28 00 00 00 00 00 00 00   10 00 00 00
          00 00 00 00  7f 00 00 00  00 00 00 00  7f 00 00 00
          """))
    #expect(bundle[60..<65596].allSatisfy { $0 == 0 })
    #expect(Array(bundle[65596..<65604]) == Self.hex("1e d9 02 00  89 50 4e 47"))
    let index = try folder.bytes("c/_alllayers/L01/R0000C0000.bundlx")
    #expect(index.count == 81952)
    #expect(
      Array(index[0..<21]) == Self.hex("03 00 00 00 10 00 00 00 00 40 00 00 05 00 00 00  3c 00 01 00 00"))
    // Column by column: cell 1 is tile 1/0, which is third in the file; cell 2 is missing and points to 60 + 4 * 2.
    let third = 65596 + 186_658 + 186_670
    #expect(Array(index[21..<26]) == [UInt8(third & 255), UInt8(third >> 8 & 255), UInt8(third >> 16), 0, 0])
    #expect(Array(index[26..<31]) == Self.hex("44 00 00 00 00"))
    #expect(Array(index.suffix(16)) == Self.hex("00 00 00 00 10 00 00 00 10 00 00 00 00 00 00 00"))
  }

  @Test("have the names of the reference") func names() {
    #expect(BundleAddress(of: .init(level: 9, row: 200, column: 300)).path == "L09/R0080C0100")
    #expect(BundleAddress.rowMajor(.init(level: 9, row: 200, column: 300)) == 128 * 72 + 44)
    #expect(BundleAddress(of: .init(level: 18, row: 0x1A280, column: 0xFFFF)).path == "L18/R1a280Cff80")
    #expect(ExplodedWriter.path(of: .init(level: 0, row: 0, column: 0)) == "L00/R00000000/C00000000")
  }

  @Test(
    "are read by MapProxy, tile for tile", .enabled(if: Python.withReaders != nil),
    arguments: [TileStorage.compact, .compactV2])
  func mapProxy(storage: TileStorage) throws {
    let folder = try TemporaryFolder()
    let cache = SampleCache.scattered
    let writer = try TilePackage.writer(
      .cacheDataset, storage: storage, description: .world(levels: 0...18), folder: folder.path, fileStem: "c")
    try cache.write(to: writer)
    _ = try writer.finish()
    let script =
      SampleCache.python + """
        import json, sys
        from mapproxy.cache.compact import CompactCacheV1, CompactCacheV2
        from mapproxy.cache.tile import Tile
        kind, folder, addresses = sys.argv[1:]
        cache = (CompactCacheV2 if kind.endswith('V2') else CompactCacheV1)(folder)
        wrong = []
        for level, row, column in json.loads(addresses):
            found = Tile((column, row, level))
            if not cache.load_tile(found) or found.image_result_buffer().read() != tile(level, row, column):
                wrong.append([level, row, column])
            if cache.is_cached(Tile((column + 1, row + 1, level))) != ([level, row + 1, column + 1] in json.loads(addresses)):
                wrong.append([level, row + 1, column + 1])
        print(json.dumps(wrong))
        """
    let wrong: [[Int]] = try Python.run(
      script, storage.rawValue, folder.file("c/_alllayers"), cache.json, by: try #require(Python.withReaders))
    #expect(wrong == [])
  }

  @Test("and folders of single tiles are read back, tile for tile", arguments: TileStorage.allCases)
  func readBack(storage: TileStorage) throws {
    let folder = try TemporaryFolder()
    let cache = SampleCache.scattered
    for kind in [TilePackage.Kind.cacheDataset, .zippedCacheDataset] {
      let writer = try TilePackage.writer(
        kind, storage: storage, description: .world(levels: 0...18), folder: folder.path, fileStem: "c")
      // The endings of single tiles tell their encoding.
      let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      for address in cache.addresses { try writer.append(png + SampleCache.bytes(address), at: address) }
      let reader = try TileCache.open(folder.file(try #require(try writer.finish().first)))
      for address in cache.addresses {
        #expect(try reader.tile(address) == png + SampleCache.bytes(address))
        #expect(try reader.hasTile(address))
        let next = TileAddress(level: address.level, row: address.row + 1, column: address.column + 1)
        #expect(try reader.hasTile(next) == cache.addresses.contains(next))
        #expect(try (reader.tile(next) != nil) == cache.addresses.contains(next))
      }
    }
  }

  @Test("that end too early, or whose index points beside them, are damaged") func damage() throws {
    let folder = try TemporaryFolder()
    try Self.example(.compactV2, in: folder)
    let name = "c/_alllayers/L01/R0000C0000.bundle"
    let whole = try folder.bytes(name)
    let first = TileAddress(level: 1, row: 0, column: 0)
    func outcome(_ bytes: [UInt8]) throws -> TileCacheError? {
      try folder.write(bytes, to: name)
      do throws(TileCacheError) { _ = try TileCache.open(folder.file("c")).tile(first) } catch { return error }
      return nil
    }
    #expect(try outcome(whole) == nil)
    // A version, an offset of the greatest number, a size of the greatest; and what ends within the index or the tile.
    let changes: [(place: Int, bytes: [UInt8])] = [(0, [4]), (64, [255, 255, 255, 255, 255]), (69, [255, 255, 255])]
    var all = changes.map { change in
      var bytes = whole
      bytes.replaceSubrange(change.place..<(change.place + change.bytes.count), with: change.bytes)
      return bytes
    }
    all += [Array(whole.prefix(100)), Array(whole.prefix(131_140 + 1000))]
    for damaged in all {
      guard case .damaged = try outcome(damaged) else {
        Issue.record("\(damaged.count) bytes count as sound")
        continue
      }
    }
  }
}
