import Foundation
import JSONValue
import Testing

@Suite(
  "A package of tiles in the data folder is an image service that gives them as they are",
  .serving(
    """
    world = 20037508.342787
    write('World.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-world, -world, world, world), 'EPSG:3857', overviews=[2, 4])
    gdal.Translate('Kept.mbtiles', 'World.tif', format='MBTILES', creationOptions=['TILE_FORMAT=JPEG', 'NAME=Kept'])
    d = gdal.Open('Kept.mbtiles', gdal.GA_Update); d.BuildOverviews('AVERAGE', [2]); d = None
    """))
struct PackageServiceTests {
  @Test("MBTiles as GDAL makes them")
  func mbtiles() throws {
    let root = try server().get("Kept/ImageServer", ["f": "json"]).json
    #expect(root["capabilities"] == "TilesOnly,Tilemap" && root["singleFusedMapCache"] == true)
    #expect(root["minLOD"] == 0 && root["maxLOD"] == 1 && root["tileInfo"]?["format"] == "JPEG")
    #expect(root["maxImageHeight"] == nil && root["bandCount"] == 3)
    #expect(root["tileInfo"]?["lods"]?.array?.count == 2)
    #expect(try server().get("Kept/ImageServer/tilemap/2/0/0/2/2", ["f": "json"]).json["error"]?["code"] == 400)
    #expect(try server().get("Kept/ImageServer/tile/2/0/0").status == 404)
    for (level, row, column) in [(0, 0, 0), (1, 0, 1), (1, 1, 0)] {
      let tile = try server().get("Kept/ImageServer/tile/\(level)/\(row)/\(column)")
      #expect(tile.status == 200 && tile["Content-Type"] == "image/jpeg")
      let folder = try TemporaryFolder()
      try folder.write(tile.body, to: "tile")
      // Rows of MBTiles count from the bottom.
      try GDAL.shared.run(
        """
        import sqlite3
        row = sqlite3.connect('\(try dataFile("Kept.mbtiles"))').execute(
            'select tile_data from tiles where zoom_level=\(level) and tile_column=\(column) and tile_row=\((1 << level) - 1 - row)').fetchone()
        assert row[0] == open('tile', 'rb').read()
        """, in: folder)
    }
    let map = try server().get("Kept/ImageServer/tilemap/1/0/0/2/2", ["f": "json"]).json
    #expect(map["data"] == [1, 1, 1, 1])
    #expect(
      try server().get("Kept/ImageServer/exportImage", ["bbox": "0,0,1,1", "f": "json"]).json["error"]?["code"] == 400)
  }

  @Test("its tiles are exported as they are, or made smaller")
  func export() throws {
    func tiles(_ parameters: Parameters) throws -> [UInt8] {
      let made = try server().exportTiles(
        "Kept/ImageServer", parameters + ["levels": "0-1", "tilePackage": "true", "storageFormatType": "compactv2"])
      return try #require(made.files["Layers.tpkx"])
    }
    let folder = try TemporaryFolder()
    try folder.write(try tiles([:]), to: "package")
    try folder.write(
      try tiles(["optimizeTilesForSize": "true", "compressionQuality": "20"]), to: "smaller")
    try GDAL.shared.run(
      """
      \(PackageReader.script)
      whole, smaller = [tiles(open(name, 'rb').read()) for name in ['package', 'smaller']]
      assert set(whole) == {(0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)} == set(smaller)
      for k, tile in whole.items():
          assert tile == served('\(try server().address("Kept"))', *k)
          assert len(smaller[k]) < 0.8 * len(tile) and smaller[k][:3] == bytes([255, 216, 255])
      """, in: folder)
  }

  @Test("a package that this server has made is a service again, with the same tiles")
  func again() throws {
    for form in ["compact", "compactv2"] {
      let made = try server().exportTiles(
        "World/ImageServer", ["levels": "0-3", "tilePackage": "true", "storageFormatType": form])
      let (name, bytes) = try #require(made.files.first)
      let folder = try TemporaryFolder()
      try folder.write(bytes, to: name)
      let other = try ServerProcess(folder.path)
      let root = try other.get("Layers/ImageServer", ["f": "json"]).json
      #expect(root["minLOD"] == 0 && root["maxLOD"] == 3, "\(root.text().prefix(300))")
      for (level, row, column) in [(0, 0, 0), (3, 7, 7), (3, 0, 4)] {
        let path = "tile/\(level)/\(row)/\(column)"
        #expect(
          try other.get("Layers/ImageServer/\(path)").body == server().get("World/ImageServer/\(path)").body, "\(path)")
      }
      try other.stop()
    }
  }

  @Test("one that is damaged spoils nothing else, and inspect says why")
  func damaged() throws {
    let folder = try TemporaryFolder()
    for name in ["a.tpkx", "b.tpk", "c.mbtiles", "d.vtpk"] {
      try folder.write(Array("PK\u{3}\u{4}garbage".utf8), to: name)
    }
    try GDAL.shared.run(
      "write('Fine.tif', np.ones((4, 4), np.uint8), (0, 0, 4, 4), 'EPSG:4326')", in: folder)
    let server = try ServerProcess(folder.path)
    let list = try server.get("", ["f": "json"]).json
    #expect(list["services"]?.array?.count == 1 && list["services"]?[0]?["name"] == "Fine")
    try server.stop()
    let report = try Program.run(["inspect", folder.path])
    #expect(report.status == 1)
    for name in ["a.tpkx", "b.tpk", "c.mbtiles", "d.vtpk"] {
      #expect(report.output.contains("error: \(name)"), "\(name)")
    }
  }
}
