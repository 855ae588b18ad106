import Foundation
import Spatial
import Testing

@testable import Tiles

@Suite("Readers of packages")
struct ReaderTests {
  @Test("give back what was described", arguments: [TilePackage.Kind.tpkx, .tpk, .cacheDataset])
  func description(kind: TilePackage.Kind) throws {
    let folder = try TemporaryFolder()
    var written = TileCacheDescription.world("Noise", .jpeg, levels: 0...2)
    written.fullExtent = Envelope(xmin: -19_839_092.3, ymin: 2_146_082.189, xmax: -7_454_985.15, ymax: 11_542_624.897)
    written.geographicExtent = Envelope(xmin: -178.198, ymin: 18.937, xmax: -66.973, ymax: 71.413)
    let writer = try TilePackage.writer(
      kind, storage: kind == .tpk ? .compact : .compactV2, description: written, folder: folder.path, fileStem: "Noise")
    try SampleCache.pyramid(through: 2).write(to: writer)
    let reader = try TileCache.open(folder.file(try #require(try writer.finish().first)))
    let read = reader.description
    #expect(read.name == "Noise" && read.format == .jpeg && read.compressionQuality == 90 && read.bandCount == 3)
    #expect(read.fullExtent == written.fullExtent && read.minLOD == 0 && read.maxLOD == 2)
    #expect(abs(read.geographicExtent.xmin + 178.198) < 0.1 && abs(read.geographicExtent.ymax - 71.413) < 0.1)
    #expect(read.scheme.origin == written.scheme.origin && read.scheme.spatialReference == .webMercator)
    #expect(read.scheme.levels == (kind == .tpkx ? written.scheme.levels : Array(written.scheme.levels.prefix(3))))
    guard kind == .tpkx else { return }
    #expect(read == written)
  }

  @Test("take the spellings of the published page, and find out what it leaves away") func published() throws {
    let folder = try TemporaryFolder()
    let writer = try TilePackage.writer(
      .cacheDataset, storage: .compactV2, description: .world(levels: 0...2), folder: folder.path, fileStem: "a")
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
    try writer.append(jpeg, at: TileAddress(level: 1, row: 1, column: 0))
    _ = try writer.finish()
    try FileManager.default.removeItem(atPath: folder.file("a/conf.xml"))
    try FileManager.default.moveItem(atPath: folder.file("a/_alllayers"), toPath: folder.file("a/tile"))
    let root = """
      {"name": "Spelled", "tileBundlesPath": "./tile/", "storageinfo": {"storageformat":
      "esriMapCacheStorageModeCompactV2", "packetsize": 128}, "tileInfo": {"row": 256, "col": 256, "origin":
      {"x": -20037508.342787, "y": 20037508.342787}, "spatialReference": {"Wkid": 3857, "LatestWkid": 3857},
      "lods": [{"level": 1, "resolution": 78271.516964}, {"level": 0, "resolution": 156543.033928}]}}
      """
    try folder.write(Array(root.utf8), to: "a/root.json")
    let reader = try #require(try TileCache.open(folder.file("a")) as? TilePackageReader)
    #expect(reader.description.format == .jpeg && reader.description.name == "Spelled" && reader.kind == .tpkx)
    #expect(reader.description.minLOD == 1 && reader.description.maxLOD == 1)
    // 156543.033928 * 96 * 39.37 = 591657527.6.
    #expect(abs((reader.description.scheme[0]?.scale ?? 0) - 591_657_527.6) < 0.1)
    #expect(reader.description.fullExtent.width > 40_075_016)
    #expect(try reader.tile(TileAddress(level: 1, row: 1, column: 0)) == jpeg)
  }

  @Test("number the levels of a .tpk by its folders, whatever zoom they are") func nonstandardZoom() throws {
    let folder = try TemporaryFolder()
    var description = TileCacheDescription.world("Zooms", levels: 0...2)
    // Level 0 has the resolution of zoom 2.
    description.scheme.levels = (0...2).compactMap { level in
      TilingScheme.webMercator[level + 2].map {
        LevelOfDetail(level: level, resolution: $0.resolution, scale: $0.scale)
      }
    }
    let writer = try TilePackage.writer(
      .tpk, storage: .compact, description: description, folder: folder.path, fileStem: "a")
    try writer.append([1, 2, 3], at: TileAddress(level: 0, row: 3, column: 2))
    try writer.append([4, 5], at: TileAddress(level: 2, row: 15, column: 9))
    _ = try writer.finish()
    let reader = try TileCache.open(folder.file("a.tpk"))
    #expect(reader.description.scheme.levels == description.scheme.levels)
    #expect(reader.description.minLOD == 0 && reader.description.maxLOD == 2)
    #expect(try reader.tile(TileAddress(level: 2, row: 15, column: 9)) == [4, 5])
  }

  @Test("refuse documents that make no sense, and never crash") func nonsense() throws {
    let folder = try TemporaryFolder()
    let lods = #""lods": [{"level": 0, "resolution": 100}]"#
    let info = #""rows": 256, "cols": 256, "origin": {"x": 0, "y": 0}, "spatialReference": {"wkid": 32628}"#
    let extent = #""fullExtent": {"xmin": 0, "ymin": -1, "xmax": 1, "ymax": 0}"#
    func outcome(_ root: String) throws -> TileCacheError? {
      try folder.write(Array(root.utf8), to: "a/root.json")
      do throws(TileCacheError) {
        _ = try TileCache.open(folder.file("a")).tile(TileAddress(level: 0, row: .max, column: .max))
        return nil
      } catch { return error }
    }
    #expect(try outcome("{\"tileInfo\": {\(info), \(lods)}, \(extent)}") == nil)
    for root in [
      "", "[]", "{}", "{\"tileInfo\": 1}", "{\"tileInfo\": {\(info)}, \(extent)}",
      "{\"tileInfo\": {\(info), \(lods)}}",
      "{\"tileInfo\": {\(info), \"lods\": [{\"level\": -1, \"resolution\": 1}]}, \(extent)}",
      "{\"tileInfo\": {\(info), \"lods\": [{\"level\": 1e300, \"resolution\": 1}]}, \(extent)}",
      "{\"tileInfo\": {\(info), \"lods\": [{\"level\": 0, \"resolution\": 0}]}, \(extent)}",
      "{\"tileInfo\": {\(info), \"lods\": [{\"level\": 0, \"resolution\": 1}, {\"level\": 1, \"resolution\": 2}]}, \(extent)}",
      "{\"tileInfo\": {\(info), \(lods)}, \"minLOD\": 5, \(extent)}",
      "{\"tileInfo\": {\(info), \(lods)}, \"tileBundlesPath\": \"../../etc\", \(extent)}",
      "{\"tileInfo\": {\(info), \(lods)}, \"storageInfo\": {\"packetSize\": 64}, \(extent)}",
      "{\"tileInfo\": {\(info), \(lods)}, \"storageInfo\": {\"storageFormat\": \"esriMapCacheStorageModeCompact\"}, \(extent)}",
      "{\"tileInfo\": {\"rows\": 0, \"cols\": 256, \(lods)}, \(extent)}",
      String(repeating: "[", count: 100_000),
    ] {
      #expect(try outcome(root) != nil, "\(root.prefix(200))")
    }
    for xml in ["", "<CacheInfo/>", "<CacheInfo><a>", String(repeating: "<a>", count: 10_000)] {
      try folder.write(Array(xml.utf8), to: "b/conf.xml")
      #expect(throws: TileCacheError.self, "\(xml.prefix(20))") { _ = try TileCache.open(folder.file("b")) }
    }
  }
}
