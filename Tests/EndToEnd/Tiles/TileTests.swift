import JSONValue
import Testing

@Suite(
  "Tiles are the pixels of the service, cut as tileInfo says",
  .serving(
    """
    world = 20037508.342787
    write('World.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-world, -world, world, world), 'EPSG:3857', overviews=[2, 4])
    write('Utm.tif', smooth(3, 300, 400, np.uint8, 0, 255), (500000, 5500000, 540000, 5530000), 'EPSG:32633')
    open('Utm.service.json', 'w').write('{"defaultResamplingMethod": "Nearest", "tileInfo": {"format": "PNG32"}}')
    write('Palette.tif', np.random.RandomState(3).randint(0, 4, (200, 200)).astype(np.uint8), (10, 40, 12, 42), 'EPSG:4326',
          palette=[(255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (9, 9, 9, 255)])
    write('Dem.tif', smooth(1, 256, 256, np.float32, 0, 900), (1000000, 6000000, 1080000, 6080000), 'EPSG:3857')
    open('Dem.service.json', 'w').write('{"serviceDataType": "Elevation"}')
    write('Own.tif', smooth(3, 500, 700, np.uint8, 0, 255), (300000, 5000000, 307000, 5005000), 'EPSG:32633')
    open('Own.service.json', 'w').write('{"tilingScheme": "service", "tileInfo": {"format": "PNG24"}}')
    write('Given.tif', smooth(3, 300, 300, np.uint8, 0, 255), (0, 0, 300, 300), 'EPSG:32633')
    open('Given.service.json', 'w').write(json.dumps({'tileInfo': {'rows': 128, 'cols': 64, 'dpi': 96, 'format': 'PNG',
      'origin': {'x': -100, 'y': 400}, 'spatialReference': {'wkid': 32633},
      'lods': [{'level': 3, 'resolution': 4}, {'level': 4, 'resolution': 1.5}]}, 'capabilities': 'TilesOnly,Tilemap'}))
    write('Dynamic.tif', smooth(3, 30, 30, np.uint8, 0, 255), (0, 0, 300, 300), 'EPSG:32633')
    open('Dynamic.service.json', 'w').write('{"singleFusedMapCache": false}')
    """))
struct TileTests {
  /// The box of a tile of Web Mercator, by the rule of the REST API (1.22).
  static func box(_ level: Int, _ row: Int, _ column: Int) -> String {
    let origin = 20037508.342787001
    let resolutions = [
      156543.033928, 78271.51696399989, 39135.7584820001, 19567.8792409999, 9783.939620499959, 4891.96981024998,
      2445.98490512499, 1222.99245256249, 611.49622628138, 305.748113140558,
    ]
    let span = 256 * resolutions[level]
    let (x, y) = (-origin + Double(column) * span, origin - Double(row) * span)
    return "\(x),\(y - span),\(x + span),\(y)"
  }

  @Test(
    "a tile is what exportImage gives for its ground and size",
    arguments: [
      ("World", 0, 0, 0, "jpgpng"), ("World", 3, 2, 5, "jpgpng"), ("World", 9, 100, 300, "jpgpng"),
      ("Utm", 9, 174, 277, "png32"), ("Utm", 6, 21, 34, "png32"), ("Palette", 7, 47, 67, "png"),
      ("Palette", 9, 190, 271, "png"),
    ])
  func equalsExportImage(service: String, level: Int, row: Int, column: Int, format: String) throws {
    let tile = try server().get("\(service)/ImageServer/tile/\(level)/\(row)/\(column)")
    let picture = try server().get(
      "\(service)/ImageServer/exportImage",
      [
        "bbox": Self.box(level, row, column), "bboxSR": "102100", "imageSR": "102100", "size": "256,256",
        "format": format, "f": "image",
      ])
    #expect(tile.status == 200 && tile.body == picture.body)
    #expect(tile["Content-Type"] == picture["Content-Type"])
  }

  @Test("the nearest pixels of a reprojected tile are those of gdalwarp")
  func gdalwarp() throws {
    let tile = try server().get("Utm/ImageServer/tile/9/174/277")
    let box = Self.box(9, 174, 277)
    let pictures = try GDAL.shared.run(
      """
      give(*warp('Utm.tif', (\(box)), (256, 256), 'EPSG:3857', 'near'))
      give(np.repeat(settled('Utm.tif', (\(box)), (256, 256), 'EPSG:3857')[None], 3, axis=0))
      """, in: try #require(DataFolder.current))
    let drawn = try GDAL.shared.colors(tile.body)
    var (compared, wrong) = (0, 0)
    for index in drawn.samples.indices where pictures[1].samples[index] == 1 {
      compared += 1
      let isData = pictures[0].isData[index]
      if drawn.isData[index] != isData || isData && drawn.samples[index] != pictures[0].samples[index] { wrong += 1 }
    }
    #expect(compared > 150_000 && wrong == 0, "\(wrong) of \(compared)")
  }

  @Test("a tile of elevations has a sample on each corner of its pixels")
  func elevation() throws {
    let root = try server().get("Dem/ImageServer", ["f": "json"]).json
    #expect(root["cacheType"] == "Elevation" && root["tileInfo"]?["format"] == "LERC")
    let tile = try server().get("Dem/ImageServer/tile/9/178/269")
    #expect(tile["Content-Type"] == "application/octet-stream")
    // Lerc2: six letters, version, checksum, rows, columns.
    #expect(tile.body.starts(with: Array("Lerc2 ".utf8)))
    let (rows, columns) = (tile.body[14..<16], tile.body[18..<20])
    #expect(Array(rows) == [1, 1] && Array(columns) == [1, 1])
    let edges = Self.box(9, 178, 269).split(separator: ",").compactMap { Double($0) }
    let half = 305.748113140558 / 2
    let box: String = "\(edges[0] - half),\(edges[1] - half),\(edges[2] + half),\(edges[3] + half)"
    let picture = try server().get(
      "Dem/ImageServer/exportImage", ["bbox": box, "size": "257,257", "format": "lerc", "f": "image"])
    #expect(tile.body == picture.body)
  }

  @Test("a service may be cut in its own reference, or as its owner says")
  func schemes() throws {
    let own = try server().get("Own/ImageServer", ["f": "json"]).json
    // 700 columns of 10 m in one tile, halved until 10 m are reached.
    let resolutions = own["tileInfo"]?["lods"]?.array?.compactMap { $0["resolution"]?.number }
    #expect(resolutions == [27.34375, 13.671875, 6.8359375])
    #expect(own["tileInfo"]?["origin"] == ["x": 300_000, "y": 5_005_000])
    let tile = try server().get("Own/ImageServer/tile/1/1/0").body
    let picture = try server().get(
      "Own/ImageServer/exportImage",
      ["bbox": "300000,4998000,303500,5001500", "size": "256,256", "format": "png24", "f": "image"]
    ).body
    #expect(tile == picture)

    let given = try server().get("Given/ImageServer", ["f": "json"]).json
    #expect(given["minLOD"] == 3 && given["maxLOD"] == 4 && given["tileInfo"]?["rows"] == 128)
    // 1.5 x 96 x 39.37 (tile packages, 11).
    let scale = try #require(given["tileInfo"]?["lods"]?[1]?["scale"]?.number)
    #expect(abs(scale - 5669.28) < 1e-6)
    #expect(given["capabilities"] == "TilesOnly,Tilemap" && given["maxImageHeight"] == nil)
    let small = try GDAL.shared.colors(try server().get("Given/ImageServer/tile/4/1/1").body)
    #expect(small.width == 64 && small.height == 128)
    let refused = try server().get("Given/ImageServer/exportImage", ["bbox": "0,0,1,1", "f": "json"])
    #expect(refused.json["error"]?["message"] == "Requested operation is not supported by this service.")
  }

  @Test("a service that is dynamic only has no tiles")
  func dynamic() throws {
    let root = try server().get("Dynamic/ImageServer", ["f": "json"]).json
    for name in ["singleFusedMapCache", "tileInfo", "minLOD", "maxLOD", "storageInfo", "cacheType"] {
      #expect(root[name] == nil)
    }
    #expect(root["exportTilesAllowed"] == false && root["maxExportTilesCount"] == nil)
    #expect(try server().get("Dynamic/ImageServer/tile/0/0/0").status == 404)
    let export = try server().get("Dynamic/ImageServer/exportTiles", ["levels": "0", "f": "json"])
    #expect(export.json["error"]?["message"] == "Requested operation is not supported by this service.")
  }

  @Test("the root tells of the tiles")
  func root() throws {
    let root = try server().get("World/ImageServer", ["f": "json"]).json
    #expect(root["singleFusedMapCache"] == true && root["cacheType"] == "Map")
    #expect(root["storageInfo"] == ["storageFormat": "esriMapCacheStorageModeCompactV2", "packetSize": 128])
    #expect(root["minLOD"] == 0 && root["maxLOD"] == 23 && root["tileInfo"]?["lods"]?.array?.count == 24)
    #expect(root["exportTilesAllowed"] == true && root["maxExportTilesCount"] == 100_000)
    #expect(root["tileInfo"]?["format"] == "MIXED" && root["tileInfo"]?["lods"]?[10]?["scale"] == 577790.554289)
  }

  @Test("a tile without data is an empty picture, or missing for those who want that; one off the grid is missing")
  func missing() throws {
    let blank = try server().get("Utm/ImageServer/tile/9/0/0")
    #expect(blank.status == 200 && blank["Content-Type"] == "image/png")
    let picture = try GDAL.shared.colors(blank.body)
    #expect(picture.width == 256 && picture.height == 256 && !picture.isData.contains(true))
    #expect(try server().get("Utm/ImageServer/tile/9/0/0", ["blankTile": "false"]).status == 404)
    #expect(try server().get("Utm/ImageServer/tile/9/174/277", ["blankTile": "false"]).status == 200)
    for path in ["1/2/0", "1/0/2", "24/0/0", "0/-1/0", "0/0/a", "0/0/99999999999999999999", "1.5/0/0"] {
      #expect(try server().get("World/ImageServer/tile/\(path)").status == 404, "\(path)")
    }
  }

  @Test("a tile has a tag and may be kept for a day; one that is known is not sent again")
  func caching() throws {
    let first = try server().get("World/ImageServer/tile/2/1/1")
    let tag = try #require(first["ETag"])
    #expect(!tag.hasPrefix("W/") && first["Cache-Control"] == "max-age=86400, must-revalidate")
    for _ in 0..<2 {
      let again = try server().get("World/ImageServer/tile/2/1/1", headers: [("If-None-Match", tag)])
      #expect(again.status == 304 && again.body.isEmpty && again["ETag"] == tag)
    }
    let part = try server().get("World/ImageServer/tile/2/1/1", headers: [("Range", "bytes=0-9")])
    #expect(part.status == 206 && part.body == Array(first.body[..<10]))
    #expect(try server().get("World/ImageServer/tile/2/1/1").body == first.body)
  }

  @Test("the tile map tells which tiles there are")
  func tileMap() throws {
    let map = try server().get("Utm/ImageServer/tilemap/6/16/32/8/8", ["f": "json"]).json
    #expect(map["location"] == ["left": 32, "top": 16, "width": 8, "height": 8] && map["adjusted"] == false)
    let data = try #require(map["data"]?.array)
    let exists = data.compactMap(\.integer)
    for (index, there) in exists.enumerated() {
      let status = try server().get(
        "Utm/ImageServer/tile/6/\(16 + index / 8)/\(32 + index % 8)", ["blankTile": "false"]
      ).status
      #expect((status == 200) == (there == 1), "\(index)")
    }
    #expect(exists.count == 64 && exists.contains(1))
    let edge = try server().get("World/ImageServer/tilemap/9/100/120/32/4", ["f": "json"]).json
    #expect(edge["adjusted"] == true && edge["location"]?["width"] == 8 && edge["data"]?.array?.count == 32)
    let empty = try server().get("Utm/ImageServer/tilemap/9/0/0/8/8", ["f": "json"])
    #expect(empty.status == 422 && empty.json["error"]?["code"] == 422)
  }
}
