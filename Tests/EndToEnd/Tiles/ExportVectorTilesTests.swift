import Foundation
import JSONValue
import Testing

@Suite("exportTiles of a vector tile service, in both manners", .servingSampleData)
struct ExportVectorTilesTests {
  private static let service = "World/VectorTileServer"

  /// The sample calls of the founding text, by the manner that each is answered in.
  static let enterprise = [
    "&exportExtent=DEFAULT&exportBy=levelId&levels=0-6&polygon=&f=json&token=abc",
    #"&exportExtent={"spatialReference":{"wkid":102100,"latestWkid":3857},"xmax":1.936330167439007E7,"xmin":1.8878385166948937E7,"ymax":-5133377.883934237,"ymin":-5466031.831031308}&exportBy=levelId&levels=0-6&polygon=&f=json&token=abc"#,
    #"storageFormatType=Compact&tilePackage=false&exportExtent=DEFAULT&optimizeTilesForSize=false&compressionQuality=&exportBy=levelId&levels=0-6&polygon=%7B%22rings%22%3A%5B%5B%5B19517708.645199999%2C-4945542.1442000009%5D%2C%5B19566499.381099999%2C-4992211.5439000018%5D%2C%5B19588419.856799997%2C-5068579.6524999999%5D%2C%5B19503566.402800001%2C-5117370.3885000013%5D%2C%5B19439926.312299997%2C-5074943.6614999995%5D%2C%5B19451240.106200002%2C-4992918.6559999995%5D%2C%5B19517708.645199999%2C-4945542.1442000009%5D%5D%5D%2C%22spatialReference%22%3A%7B%22wkid%22%3A102100%7D%7D&areaOfInterest=&f=json&token=abc"#,
    "levels=0-6&token=abc",
  ]
  static let online = [
    #"extent={"spatialReference":{"wkid":102100,"latestWkid":3857},"xmax":1.936330167439007E7,"xmin":1.8878385166948937E7,"ymax":-5133377.883934237,"ymin":-5466031.831031308}&polygon=&levels=0-6&f=json&token=abc"#,
    #"extent=&polygon={"rings":[[[19517708.645199999,-4945542.1442000009],[19566499.381099999,-4992211.5439000018],[19588419.856799997,-5068579.6524999999],[19503566.402800001,-5117370.3885000013],[19439926.312299997,-5074943.6614999995],[19451240.106200002,-4992918.6559999995],[19517708.645199999,-4945542.1442000009]]],"spatialReference":{"wkid":102100}}&levels=0-6&f=json&token=abc"#,
  ]

  private static func encoded(_ query: String) -> String {
    query.replacing("{", with: "%7B").replacing("}", with: "%7D").replacing("\"", with: "%22").replacing(
      "[", with: "%5B"
    )
    .replacing("]", with: "%5D")
  }

  @Test("the founding text's calls of ArcGIS Enterprise", arguments: enterprise.indices)
  func enterpriseCalls(_ index: Int) throws {
    let answer = try server().get("\(Self.service)/exportTiles?\(Self.encoded(Self.enterprise[index]))").json
    #expect(answer.object?.map(\.name) == ["jobId", "jobStatus"] && answer["jobStatus"] == "esriJobSubmitted")
    let id = try #require(answer["jobId"]?.string)
    #expect(id.hasPrefix("j") && id.hasSuffix("_et") && id.count == 36)
    let job = try server().ended(id, below: Self.service)
    #expect(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    #expect(job["results"] == ["out_service_url": ["paramUrl": "results/out_service_url"]])
    #expect(
      job["inputs"]?.object?.map(\.name) == [
        "service_url", "target_cache", "storage_format_type", "copy_data_from_server", "thread_count", "tile_package",
        "export_extent", "levels", "replace_existing_tiles", "area_of_interest", "temp_output_path", "export_options",
      ])
    for name in job["inputs"]?.object?.map(\.name) ?? [] {
      let input = try server().get("\(Self.service)/jobs/\(id)/inputs/\(name)", ["f": "json"]).json
      #expect(input["paramName"] == .string(name) && input["value"] != nil)
    }
    let messages = job["messages"]?.array?.compactMap { $0["description"]?.string } ?? []
    #expect(messages.contains { $0.hasPrefix("Start Time: ") } && messages.contains { $0.hasPrefix("Succeeded at ") })
    let folder = try server().get("\(Self.service)/jobs/\(id)/results/out_service_url", ["f": "json"]).json["value"]
    let files = try server().fetch("\(try #require(folder?.string))?f=json").json["files"]
    #expect(files?[0]?["name"] == "World.vtpk")
    try check(try server().fetch(try #require(files?[0]?["url"]?.string)).body, index % 3 == 0 ? "all" : "some")
  }

  @Test("the founding text's calls of ArcGIS Online", arguments: online.indices)
  func onlineCalls(_ index: Int) throws {
    let answer = try server().get("\(Self.service)/exportTiles?\(Self.encoded(Self.online[index]))").json
    #expect(answer.object?.map(\.name) == ["id", "name", "url", "status", "itemId", "type", "jobId", "message"])
    #expect(answer["status"] == "success" && answer["name"] == "World" && answer["type"] == "Vector Tile Service")
    let isHexadecimal = { (name: String, digits: Int) in
      (answer[name]?.string ?? "").count == digits && (answer[name]?.string ?? "").allSatisfy(\.isHexDigit)
    }
    #expect(isHexadecimal("id", 16) && isHexadecimal("jobId", 16) && isHexadecimal("itemId", 32))
    let job = try server().ended(try #require(answer["jobId"]?.string), below: Self.service)
    #expect(
      job.object?.map(\.name) == [
        "jobId", "type", "jobStatus", "message", "extent", "startTime", "lastTime", "estimatedNumTiles", "numTiles",
        "estimatedTilesSize", "tilesSize", "numTasks", "numSubmittedTasks", "numProcessingTasks", "numDoneTasks",
        "numErrorTasks", "numCanceledTasks", "output", "levelStats",
      ])
    #expect(job["jobStatus"] == "esriJobSucceeded" && job["type"] == "EXPORTTILES" && job["message"] == .null)
    #expect(job["numTasks"] == 1 && job["numDoneTasks"] == 1 && job["extent"]?["spatialReference"] == .null)
    #expect(job["levelStats"]?.array?.compactMap { $0["level"]?.integer } == [0, 1, 2, 3, 4, 5, 6])
    #expect(job["numTiles"] == job["estimatedNumTiles"] && job["tilesSize"]?.integer ?? 0 > 0)
    let address = try #require(job["output"]?["outputUrl"]?[0]?.string)
    // As the Python client finds the name.
    #expect(address.contains("?response-content-disposition=Content-Disposition%3A%20attachment%3B%20filename%3D"))
    let file = try server().fetch(address)
    #expect(file["Content-Disposition"]?.contains(".vtpk") == true)
    try check(file.body, "some")
  }

  /// Looks into a package with Python's zipfile, by the byte reference (tile packages, 2 and 10): every tile is the one that
  /// is served, and the tile map tells of the very tiles.
  private func check(_ package: [UInt8], _ extent: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(package, to: "package")
    try GDAL.shared.run(
      """
      \(PackageReader.script)
      data = open('package', 'rb').read()
      z = zipfile.ZipFile(io.BytesIO(data))
      names = z.namelist()
      for name in ['esriinfo/item.pkinfo', 'esriinfo/iteminfo.xml', 'esriinfo/thumbnail/thumbnail.png', 'p12/root.json',
                   'p12/metadata.json', 'p12/resources/info/root.json', 'p12/resources/styles/root.json',
                   'p12/resources/sprites/sprite.json', 'p12/resources/sprites/sprite@2x.png', 'p12/tilemap/root.json',
                   'p12/resources/fonts/Noto Sans Regular/0-255.pbf', 'p12/resources/fonts/Noto Sans Bold/65280-65535.pbf', 'p12/tile/L00/R0000C0000.bundle']:
          assert name in names, name
      found = tiles(data)
      service = 'http://127.0.0.1:\(try server().port)/arcgis/rest/services/World/VectorTileServer'
      import gzip
      for i, (k, tile) in enumerate(sorted(found.items())):
          if i % (37 if '\(extent)' == 'all' else 1): continue
          request = urllib.request.Request('%s/tile/%d/%d/%d.pbf' % ((service,) + k), headers={'Accept-Encoding': 'gzip'})
          assert urllib.request.urlopen(request).read() == tile, k
      def nodes(node, level, row, col):
          if node == 0: return
          yield level, row, col
          if node != 1:
              for i, child in enumerate(node): yield from nodes(child, level + 1, 2 * row + i // 2, 2 * col + i % 2)
      index = json.loads(z.read('p12/tilemap/root.json'))['index']
      assert set(nodes(index, 0, 0, 0)) == set(found)
      root = json.loads(z.read('p12/root.json'))
      assert root['minLOD'] == 0 and root['maxLOD'] == 6 and root['maxzoom'] == 6 and root['tileInfo']['format'] == 'pbf'
      assert [l['level'] for l in root['tileInfo']['lods']] == list(range(23))
      assert root['resourceInfo']['cacheInfo']['storageInfo'] == {'packetSize': 128, 'storageFormat': 'compactV2'}
      style = json.loads(z.read('p12/resources/styles/root.json'))
      assert style['sources']['esri']['url'] == '../../' and style['sources']['esri']['maxzoom'] == 6
      assert ('\(extent)' == 'all') == (len(found) > 100), len(found)
      """, in: folder)
  }

  @Test("an item is made for those who ask for one")
  func item() throws {
    let answer = try server().get(
      "\(Self.service)/exportTiles", ["extent": "", "levels": "0", "createItem": "on", "f": "json"]
    ).json
    let job = try server().ended(try #require(answer["jobId"]?.string), below: Self.service)
    #expect(job["output"]?["itemId"]?.string?.count == 32)
  }

  @Test("levels may be told in several ways; those that there are not fail the job")
  func levels() throws {
    let box = "1113194,6446275,1335833,6621293"
    for (levels, expected) in [("0,2", "[0, 2]"), ("1-2, 4", "[1, 2, 4]"), ("3", "[3]")] {
      let made = try server().exportTiles(Self.service, ["exportExtent": box, "levels": levels])
      let folder = try TemporaryFolder()
      try folder.write(try #require(made.files["World.vtpk"]), to: "package")
      try GDAL.shared.run(
        "\(PackageReader.script)\nfound = tiles(open('package', 'rb').read())\nassert sorted({k[0] for k in found}) == \(expected), found.keys()",
        in: folder)
    }
    #expect(try server().exportFailure(Self.service, ["levels": "0-23"]).contains { $0.contains("0-23") })
    #expect(try server().exportFailure(Self.service, ["levels": "5-2"]).contains { $0.contains("5-2") })
    let messages = try server().exportFailure(Self.service, ["levels": "0-9"])
    #expect(
      messages.contains {
        $0.hasPrefix("ERROR 001564: Requested tile count(")
          && $0.hasSuffix(
            "exceeds the maximum allowed number of tiles(100000) to be exported for service World:VectorTileServer.")
      }, "\(messages)")
    for bad in [["levels": "x"], ["levels": "0", "polygon": "{"], ["levels": "0", "exportExtent": "1,2"]]
      as [Parameters]
    {
      #expect(try server().get("\(Self.service)/exportTiles", bad + ["f": "json"]).json["error"]?["code"] == 400)
    }
  }

  @Test("an estimate is near the bytes of the tiles")
  func estimate() throws {
    let job = try server().exportJob(Self.service, ["levels": "0-4"], operation: "estimateExportTilesSize")
    let id = try #require(job["jobId"]?.string)
    let value = try server().get("\(Self.service)/jobs/\(id)/results/out_service_url", ["f": "json"]).json["value"]
    #expect(value?["totalTilesToExport"] == 341)
    let size = try #require(value?["totalSize"]?.integer)
    let made = try server().exportTiles(Self.service, ["levels": "0-4", "exportExtent": "DEFAULT"])
    let real = try #require(made.files["World.vtpk"]?.count)
    #expect(size > 100_000 && size < real)
  }
}
