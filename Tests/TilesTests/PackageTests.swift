import Foundation
import JSONValue
import Spatial
import Testing

@testable import Tiles

@Suite("Tile packages")
struct PackageTests {
  private static let cache = SampleCache.pyramid(through: 3)

  private static func write(
    _ kind: TilePackage.Kind, _ storage: TileStorage, in folder: TemporaryFolder,
    _ description: TileCacheDescription = .world("A \"B\" & <C>", levels: 0...3)
  ) throws -> String {
    let writer = try TilePackage.writer(
      kind, storage: storage, description: description, folder: folder.path, fileStem: "Package")
    try cache.write(to: writer)
    return folder.file(try #require(try writer.finish().first))
  }

  private static func archive(_ path: String) throws -> ZipArchive { try ZipArchive(file: InputFile(path: path)) }

  private static func json(_ archive: ZipArchive, _ name: String) throws -> JSONObject {
    let bytes = try #require(try archive.bytes(name, limit: 1 << 20))
    return try #require(try JSON(parsing: bytes).object)
  }

  private static func text(_ archive: ZipArchive, _ name: String) throws -> String {
    String(decoding: try #require(try archive.bytes(name, limit: 1 << 20)), as: UTF8.self)
  }

  /// The names of a document's elements, in their order, each once.
  private static func elements(_ text: String) -> [String] {
    var names: [String] = []
    for match in text.matches(of: /<([A-Za-z_]+)[ >]/) where !names.contains(String(match.1)) {
      names.append(String(match.1))
    }
    return names
  }

  @Test(".tpkx have the members and keys of ArcGIS' own, in their order") func tpkx() throws {
    let folder = try TemporaryFolder()
    let archive = try Self.archive(try Self.write(.tpkx, .compactV2, in: folder))
    #expect(
      archive.members.keys.sorted() == [
        "iteminfo.json", "root.json", "thumbnail.png", "tile/L00/R0000C0000.bundle", "tile/L01/R0000C0000.bundle",
        "tile/L02/R0000C0000.bundle", "tile/L03/R0000C0000.bundle",
      ])
    let root = try Self.json(archive, "root.json")
    #expect(
      root.map(\.name) == [
        "tileImageInfo", "name", "version", "serviceDescription", "tileBundlesPath", "spatialReference", "units",
        "minLOD",
        "maxLOD", "minScale", "maxScale", "resampling", "tileInfo", "exportTilesAllowed", "storageInfo", "layers",
        "initialExtent", "fullExtent",
      ])
    #expect(root["tileImageInfo"]?.object?.map(\.name) == ["format", "compressionQuality", "bandCount", "lercError"])
    #expect(
      root["tileInfo"]?.object?.map(\.name) == ["rows", "cols", "dpi", "origin", "spatialReference", "lods"])
    #expect(
      root["storageInfo"] == ["storageFormat": "esriMapCacheStorageModeCompactV2", "packetSize": 128])
    #expect(root["tileBundlesPath"] == "./tile" && root["units"] == "esriMeters" && root["resampling"] == true)
    #expect(root["tileInfo"]?["lods"]?.array?.count == 24 && root["minLOD"] == 0 && root["maxLOD"] == 3)
    #expect(root["spatialReference"] == ["wkid": 102100, "latestWkid": 3857])
    // GDAL looks for this text in the first bytes that it reads.
    let bytes = try #require(try archive.bytes("root.json", limit: 1 << 20))
    #expect(bytes.count >= 512 && String(decoding: bytes.prefix(1024), as: UTF8.self).contains("tileBundlesPath"))
    let item = try Self.json(archive, "iteminfo.json")
    #expect(
      item.map(\.name) == [
        "creator", "name", "guid", "version", "created", "snippet", "description", "summary", "title", "tags", "type",
        "typeKeywords", "thumbnail", "accessInformation", "extent",
      ])
    #expect(item["guid"] == "8F615B9F-DC0C-4BAB-860B-B3558FF71006" && item["created"] == 1_700_000_000_000)
    #expect(item["name"] == "A \"B\" & <C>" && item["type"] == "Compact Tile Package" && item["tags"] == "one,two")
  }

  @Test(".tpk have the members and elements of ArcGIS' own, in their order") func tpk() throws {
    let folder = try TemporaryFolder()
    let archive = try Self.archive(try Self.write(.tpk, .compact, in: folder))
    let root = "v101/A _B_ & _C_/"
    var members = ["esriinfo/item.pkinfo", "esriinfo/iteminfo.xml", "esriinfo/thumbnail/thumbnail.png"]
    members.append("servicedescriptions/mapserver/mapserver.json")
    for level in 0...3 {
      for ending in ["bundle", "bundlx"] { members.append("\(root)_alllayers/L0\(level)/R0000C0000.\(ending)") }
    }
    members += [root + "conf.cdi", root + "conf.properties", root + "conf.xml"]
    #expect(archive.members.keys.sorted() == members)
    let reference = [
      "SpatialReference", "WKT", "XOrigin", "YOrigin", "XYScale", "ZOrigin", "ZScale", "MOrigin", "MScale",
      "XYTolerance", "ZTolerance", "MTolerance", "HighPrecision", "WKID", "LatestWKID",
    ]
    let conf = try Self.text(archive, root + "conf.xml")
    let cache =
      ["CacheInfo", "TileCacheInfo"] + reference
      + [
        "TileOrigin", "X", "Y", "TileCols", "TileRows", "DPI", "PreciseDPI", "LODInfos", "LODInfo", "LevelID", "Scale",
      ]
      + [
        "Resolution", "TileImageInfo", "CacheTileFormat", "CompressionQuality", "Antialiasing", "BandCount",
        "LERCError",
      ]
      + ["CacheStorageInfo", "StorageFormat", "PacketSize"]
    #expect(Self.elements(conf) == cache)
    #expect(conf.hasPrefix(#"<?xml version="1.0" encoding="utf-8" ?><CacheInfo xsi:type='typens:CacheInfo' "#))
    #expect(!conf.contains("\n") && conf.contains("<StorageFormat>esriMapCacheStorageModeCompact</StorageFormat>"))
    #expect(conf.contains("<WKT>PROJCS[&quot;WGS_1984_Web_Mercator_Auxiliary_Sphere&quot;,"))
    #expect(
      Self.elements(try Self.text(archive, root + "conf.cdi"))
        == ["EnvelopeN", "XMin", "YMin", "XMax", "YMax"] + reference)
    #expect(
      Self.elements(try Self.text(archive, "esriinfo/item.pkinfo")) == [
        "pkinfo", "ID", "name", "version", "size", "created", "type", "servable", "packagelocation", "pkinfolocation",
      ])
    let item = try Self.text(archive, "esriinfo/iteminfo.xml")
    #expect(
      Self.elements(item) == [
        "ESRI_ItemInformation", "name", "guid", "catalogpath", "snippet", "description", "summary", "title", "tags",
        "type", "typekeywords", "typekeyword", "thumbnail", "documentation", "url", "datalastmodifiedtime", "extent",
        "xmin", "ymin", "xmax", "ymax", "spatialreference", "accessinformation", "licenseinfo",
      ])
    #expect(item.contains("<title>A &quot;B&quot; &amp; &lt;C&gt;</title>") && item.contains("<url></url>"))
    let service = try Self.json(archive, "servicedescriptions/mapserver/mapserver.json")
    #expect(service.map(\.name) == ["name", "contents", "resourceInfo", "resources"])
    #expect(service["resources"]?.array?.compactMap { $0["name"]?.string } == ["layers", "tables", "legend"])
  }

  @Test("have nothing but stored members, no flags and no fields", arguments: [TilePackage.Kind.tpkx, .tpk])
  func members(kind: TilePackage.Kind) throws {
    let folder = try TemporaryFolder()
    let path = try Self.write(kind, kind == .tpkx ? .compactV2 : .compact, in: folder)
    let found: ZipTests.Finding = try Python.run(ZipTests.script, path)
    #expect(found.broken == nil && found.areStored && found.arePlain && found.flags == [0] && found.versions == [10])
  }

  @Test(".tpk are read by tpkutils, tile for tile", .enabled(if: Python.withReaders != nil)) func tpkutils() throws {
    let folder = try TemporaryFolder()
    let path = try Self.write(.tpk, .compact, in: folder)
    let script =
      SampleCache.python + """
        import json, sys
        from tpkutils import TPK
        tpk = TPK(sys.argv[1])
        tiles = [t for t in tpk.read_tiles(flip_y=False)]
        print(json.dumps({
            'name': tpk.name, 'credits': tpk.credits, 'zooms': tpk.zoom_levels, 'tags': tpk.tags, 'count': len(tiles),
            'wrong': sum(t.data != tile(t.z, t.y, t.x) for t in tiles)}))
        """
    struct Finding: Decodable {
      let name: String, credits: String, tags: String, zooms: [Int], count: Int, wrong: Int
    }
    let found: Finding = try Python.run(script, path, by: try #require(Python.withReaders))
    #expect(found.name == "A \"B\" & <C>" && found.credits == "Somebody's" && found.tags == "one,two")
    // 1 + 4 + 16 + 64 tiles.
    #expect(found.zooms == [0, 1, 2, 3] && found.count == 85 && found.wrong == 0)
  }

  @Test(".vtpk take members before and after their tiles, and are read by vtpk-reader")
  func vtpk() throws {
    let folder = try TemporaryFolder()
    let description = TileCacheDescription.world("Vectors", .pbf, levels: 0...2)
    let lods = description.scheme.levels.prefix(3).map { level -> JSON in
      ["level": .int(level.level), "resolution": .double(level.resolution), "scale": .double(level.scale)]
    }
    let reference: JSON = ["wkid": 102100, "latestWkid": 3857]
    let extent: JSON = [
      "xmin": -20_037_508.342787, "ymin": -20_037_508.342787, "xmax": 20_037_508.342787, "ymax": 20_037_508.342787,
      "spatialReference": reference,
    ]
    let root: JSON = [
      "currentVersion": 11.1, "name": "Vectors", "type": "indexedVector", "tileMap": "tilemap", "fullExtent": extent,
      "initialExtent": extent, "minScale": 1, "maxScale": 1,
      "tileInfo": [
        "rows": 512, "cols": 512, "dpi": 96, "format": "pbf",
        "origin": ["x": -20_037_508.342787, "y": 20_037_508.342787], "spatialReference": reference,
        "lods": .array(Array(lods)),
      ],
      "minLOD": 0, "maxLOD": 2,
      "resourceInfo": ["cacheInfo": ["storageInfo": ["packetSize": 128, "storageFormat": "compactV2"]]],
    ]
    try folder.write(Array("style".utf8), to: "style.json")
    let writer = try VectorPackageWriter(
      description: description, folder: folder.path, fileStem: "v",
      members: [
        PackageMember("p12/root.json", root.serialized()),
        PackageMember(name: "p12/resources/styles/root.json", content: .file(folder.file("style.json"))),
      ])
    // gzip of nothing: an empty tile of vectors.
    let tile: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let addresses = [
      TileAddress(level: 0, row: 0, column: 0), TileAddress(level: 1, row: 0, column: 1),
      TileAddress(level: 1, row: 1, column: 0), TileAddress(level: 2, row: 1, column: 3),
    ]
    for address in addresses { try writer.append(tile, at: address) }
    try writer.add(PackageMember("p12/tilemap/root.json", Array("{\"index\":[0,[0,0,0,1],1,0]}".utf8)))
    #expect(try writer.finish() == ["v.vtpk"])

    let path = folder.file("v.vtpk")
    let zip: ZipTests.Finding = try Python.run(ZipTests.script, path)
    #expect(zip.broken == nil && zip.areStored && zip.arePlain)
    #expect(
      zip.names == [
        "esriinfo/item.pkinfo", "esriinfo/iteminfo.xml", "esriinfo/thumbnail/thumbnail.png", "p12/root.json",
        "p12/resources/styles/root.json", "p12/tile/L00/R0000C0000.bundle", "p12/tile/L01/R0000C0000.bundle",
        "p12/tile/L02/R0000C0000.bundle", "p12/tilemap/root.json",
      ])
    let archive = try Self.archive(path)
    #expect(
      Self.elements(try Self.text(archive, "esriinfo/iteminfo.xml")) == [
        "ESRI_ItemInformation", "name", "guid", "version", "created", "modified", "catalogpath", "snippet",
        "description", "summary", "title", "tags", "type", "typekeywords", "typekeyword", "thumbnail", "documentation",
        "url", "extent", "xmin", "ymin", "xmax", "ymax", "spatialreference", "minScale", "maxScale",
        "datalastModifiedTime", "accessinformation", "licenseinfo",
      ])
    #expect(
      Self.elements(try Self.text(archive, "esriinfo/item.pkinfo")) == [
        "pkinfo", "ID", "name", "version", "size", "created", "type", "servable", "packagelocation", "pkinfolocation",
        "documenttypes", "documenttype",
      ])
    let reader = try #require(try TileCache.open(path) as? TilePackageReader)
    #expect(reader.kind == .vtpk && reader.description.format == .pbf && reader.description.maxLOD == 2)
    for address in addresses { #expect(try reader.tile(address) == tile) }
    #expect(try reader.resource("p12/resources/styles/root.json") == Array("style".utf8))
    #expect(try reader.resource("p12/../p12/root.json") == nil)

    guard let python = Python.withReaders else { return }
    let script = """
      import json, sys
      from vtpk_reader import Vtpk
      vtpk = Vtpk(sys.argv[1])
      found = list(vtpk.get_tiles([0, 1, 2], None))
      assert all(vtpk.tile_features(t) == {} for t in found)
      print(json.dumps(sorted([t.level, t.y, t.x] for t in found)))
      """
    #expect(try Python.run(script, path, by: python) == addresses.map { [$0.level, $0.row, $0.column] })
  }

  @Test("of a storage that their kind can't have are refused") func refused() throws {
    let folder = try TemporaryFolder()
    for (kind, storage) in [(TilePackage.Kind.tpkx, TileStorage.compact), (.tpkx, .exploded), (.tpk, .exploded)] {
      #expect(throws: TileCacheError.self) { _ = try Self.write(kind, storage, in: folder) }
    }
    #expect(try folder.names == [])
  }

  @Test("list levels without gaps from 0 to the finest, whatever the scheme begins with") func levels() throws {
    let folder = try TemporaryFolder()
    var description = TileCacheDescription.world(levels: 5...8)
    description.scheme.levels = [5, 6, 8, 9].compactMap { TilingScheme.webMercator[$0] }
    let writer = try TilePackage.writer(
      .cacheDataset, storage: .compactV2, description: description, folder: folder.path, fileStem: "c")
    try writer.append([1, 2, 3], at: TileAddress(level: 5, row: 3, column: 4))
    _ = try writer.finish()
    let conf = String(decoding: try folder.bytes("c/conf.xml"), as: UTF8.self)
    #expect(conf.matches(of: /<LevelID>(\d+)</).map { String($0.1) } == (0...8).map(String.init))
    let resolutions = conf.matches(of: /<Resolution>([\d.]+)</).compactMap { Double($0.1) }
    for (level, resolution) in resolutions.enumerated() {
      let expected = 156543.03392804097 / Double(1 << level)
      #expect(abs(resolution / expected - 1) < 1e-6)
    }
    let reader = try TileCache.open(folder.file("c"))
    #expect(reader.description.minLOD == 5 && reader.description.maxLOD == 5)
    #expect(try reader.tile(TileAddress(level: 5, row: 3, column: 4)) == [1, 2, 3])
  }
}
