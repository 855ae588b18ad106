import Foundation
import JSONValue
import Testing

@Suite(
  "exportTiles packs the tiles that the service serves",
  .serving(
    """
    world = 20037508.342787
    write('World.tif', smooth(3, 512, 512, np.uint8, 0, 255), (-world, -world, world, world), 'EPSG:3857', overviews=[2, 4])
    mask = np.zeros((400, 300), np.uint8); mask[100:300, 50:220] = 255
    write('Holes.tif', smooth(3, 400, 300, np.uint8, 0, 255), (10, 40, 16, 48), 'EPSG:4326', mask=mask)
    write('Dem.tif', smooth(1, 256, 256, np.float32, 0, 900), (1000000, 6000000, 1080000, 6080000), 'EPSG:3857')
    open('Dem.service.json', 'w').write('{"serviceDataType": "Elevation"}')
    write('Closed.tif', smooth(1, 20, 20, np.uint8, 0, 255), (10, 40, 16, 48), 'EPSG:4326')
    open('Closed.service.json', 'w').write('{"exportTilesAllowed": false}')
    write('Few.tif', smooth(3, 64, 64, np.uint8, 0, 255), (-world, -world, world, world), 'EPSG:3857')
    open('Few.service.json', 'w').write('{"maxExportTilesCount": 20}')
    """))
struct ExportTilesTests {
  /// What a request for an export says besides levels, and the file that comes of it.
  static let forms: [(parameters: Parameters, file: String)] = [
    (["tilePackage": "true"], "Layers.tpk"),
    (["tilePackage": "true", "storageFormatType": "esriMapCacheStorageModeCompact"], "Layers.tpk"),
    (["tilePackage": "true", "storageFormatType": "esriMapCacheStorageModeCompactV2"], "Layers.tpkx"),
    (["tilePackage": "True", "storageFormat": "compactv2"], "Layers.tpkx"),
    (["storageFormatType": "tpkx"], "Layers.zip"), ([:], "Layers.zip"),
    (["tilePackage": "false", "storageFormatType": "esriMapCacheStorageModeExploded"], "Layers.zip"),
  ]

  @Test("every tile of a package is the one that is served, and none is missing", arguments: forms.indices)
  func tilesOfPackages(_ index: Int) throws {
    let (parameters, file) = Self.forms[index]
    for (service, levels) in [("World", "0-3"), ("Holes", "4,6-8")] {
      let made = try server().exportTiles("\(service)/ImageServer", parameters + ["levels": levels])
      #expect(Array(made.files.keys) == [file])
      let folder = try TemporaryFolder()
      try folder.write(try #require(made.files[file]), to: "package")
      // All tiles of the levels around the service that are served are in the package, byte for byte.
      try GDAL.shared.run(
        """
        \(PackageReader.script)
        found = tiles(open('package', 'rb').read())
        assert found
        service = '\(try server().address(service))'
        for (level, row, col), tile in found.items():
            assert tile == served(service, level, row, col), (level, row, col)
        levels = \(service == "World" ? "[0, 1, 2, 3]" : "[4, 6, 7, 8]")
        assert {k[0] for k in found} == set(levels), found.keys()
        for level in levels:
            rows, cols = [sorted({k[i] for k in found if k[0] == level}) for i in (1, 2)]
            for row in range(max(0, rows[0] - 1), min(2 ** level, rows[-1] + 2)):
                for col in range(max(0, cols[0] - 1), min(2 ** level, cols[-1] + 2)):
                    if (level, row, col) not in found: assert served(service, level, row, col) is None, (level, row, col)
        """, in: folder)
    }
  }

  @Test("a cache raster dataset is a folder, whose files can be fetched one by one too")
  func dataset() throws {
    let made = try server().exportTiles("World/ImageServer", ["levels": "0-1", "tilePackage": "false"])
    let folder = try #require(made.listing["folders"]?[0])
    #expect(folder["name"] == "Layers")
    let listing = try server().fetch("\(try #require(folder["url"]?.string))?f=json").json
    #expect(listing["files"]?.array?.compactMap { $0["name"]?.string } == ["conf.cdi", "conf.xml"])
    #expect(listing["folders"]?[0]?["name"] == "_alllayers")
    let configuration = try server().fetch(try #require(listing["files"]?[1]?["url"]?.string)).text
    #expect(configuration.contains("<StorageFormat>esriMapCacheStorageModeCompact</StorageFormat>"))
  }

  @Test("an extent may be told in several ways")
  func extents() throws {
    let counts: [(Parameters, Int)] = [
      (["exportExtent": ""], 85), (["exportExtent": "DEFAULT"], 85), (["exportExtent": "null"], 85),
      (["exportExtent": "DEFAULTEXTENT"], 85),
      // The north-western quarter.
      (["exportExtent": "-20037508,0,0,20037508"], 1 + 1 + 4 + 16),
      (
        [
          "exportExtent":
            #"{"xmin":-180,"ymin":0,"xmax":0,"ymax":85,"spatialReference":{"wkid":4326}}"#
        ], 1 + 1 + 4 + 16
      ),
      (["exportExtent": #"{"xmin":-20000000,"ymin":1,"xmax":-1,"ymax":20000000}"#], 1 + 1 + 4 + 16),
      // An area of interest goes before an extent.
      (
        [
          "exportExtent": "DEFAULT",
          "areaOfInterest": #"{"rings":[[[-180,0],[-180,85],[0,85],[0,0],[-180,0]]],"spatialReference":{"wkid":4326}}"#,
        ], 1 + 1 + 4 + 16
      ),
      // Two triangles about the origin that one ring makes by crossing itself there; the cells of level 3 that they
      // reach into: along the diagonals and between them, above and below: 8 + 6 + 4 + 2 twice.
      (
        [
          "areaOfInterest":
            #"{"rings":[[[-20037508,20037508],[20037508,20037508],[-20037508,-20037508],[20037508,-20037508],[-20037508,20037508]]]}"#
        ],
        1 + 4 + (4 + 2) * 2 + (8 + 6 + 4 + 2) * 2
      ),
    ]
    for (parameters, count) in counts {
      let job = try server().exportJob(
        "World/ImageServer", parameters + ["levels": "0-3"], operation: "estimateExportTilesSize")
      let id = try #require(job["jobId"]?.string)
      let result = try server().get(
        "World/ImageServer/estimateExportTilesSize/jobs/\(id)/results/out_service_url", ["f": "json"]
      ).json
      #expect(result["value"]?["totalTilesToExport"] == .int(count), "\(parameters.pairs)")
    }
  }

  @Test("an estimate is near the size of the package")
  func estimate() throws {
    let job = try server().exportJob(
      "World/ImageServer", ["levels": "0-4", "tilePackage": "true"], operation: "estimateExportTilesSize")
    let id = try #require(job["jobId"]?.string)
    let value = try server().get("World/ImageServer/jobs/\(id)/results/out_service_url", ["f": "json"]).json["value"]
    let size = try #require(value?["totalSize"]?.integer)
    #expect(value?["totalTilesToExport"] == 341)
    let made = try server().exportTiles("World/ImageServer", ["levels": "0-4", "tilePackage": "true"])
    let real = made.files.values.reduce(0) { $0 + $1.count }
    #expect(Double(size) > 0.6 * Double(real) && Double(size) < 1.2 * Double(real), "\(size) for \(real)")
  }

  @Test(
    "levels are told as numbers, scales or resolutions, one by one and in ranges",
    arguments: [
      ("levelId", "0,2", "[0, 2]"), ("LEVELID", "1-2, 4", "[1, 2, 4]"),
      ("Scale", "591657527.591555,147914381.9", "[0, 2]"), ("scale", "295828763-73957190.9", "[1, 2, 3]"),
      ("resolution", "78271.5-19567.8792", "[1, 2, 3]"), ("Resolution", "3.91357584e4", "[2]"),
    ])
  func levels(by: String, levels: String, expected: String) throws {
    let made = try server().exportTiles(
      "Few/ImageServer",
      [
        "exportBy": by, "levels": levels, "tilePackage": "true",
        "exportExtent": "-20000000,10000000,-15000000,20000000",
      ])
    let folder = try TemporaryFolder()
    try folder.write(try #require(made.files["Layers.tpk"]), to: "package")
    try GDAL.shared.run(
      """
      \(PackageReader.script)
      found = tiles(open('package', 'rb').read())
      assert sorted({k[0] for k in found}) == \(expected), found.keys()
      """, in: folder)
  }

  @Test("JPEG tiles can be made smaller, no better than they are")
  func optimized() throws {
    func size(_ parameters: Parameters) throws -> Int {
      try #require(
        try server().exportTiles("World/ImageServer", parameters + ["levels": "3", "tilePackage": "true"])
          .files["Layers.tpk"]?.count)
    }
    let plain = try size(["compressionQuality": "20"])
    #expect(try size(["optimizeTilesForSize": "true", "compressionQuality": "100"]) == plain)
    #expect(try size(["optimizeTilesForSize": "true"]) == plain)
    #expect(try Double(size(["optimizeTilesForSize": "true", "compressionQuality": "20"])) < 0.8 * Double(plain))
  }

  @Test("GDAL reads an exported cache of elevations and of colours")
  func gdalReads() throws {
    // Debian's GDAL opens conf.xml of V2 caches with RGB and RGBA tiles.
    let made = try server().exportTiles(
      "World/ImageServer", ["levels": "0-2", "storageFormatType": "esriMapCacheStorageModeCompactV2"])
    let folder = try TemporaryFolder()
    try folder.write(try #require(made.files["Layers.zip"]), to: "cache.zip")
    let pictures = try GDAL.shared.run(
      """
      import zipfile, glob
      zipfile.ZipFile('cache.zip').extractall('.')
      d = gdal.Open(glob.glob('*/conf.xml')[0])
      assert (d.RasterXSize, d.RasterYSize) == (1024, 1024), (d.RasterXSize, d.RasterYSize)
      a = d.ReadAsArray()[:3]
      give(a)
      world = 20037508.342787
      b, v = warp('World.tif' if os.path.exists('World.tif') else '\(try dataFile("World.tif"))',
                  (-world, -world, world, world), (1024, 1024), 'EPSG:3857', 'bilinear')
      give(b[:3])
      assert np.abs(a.astype(int) - b[:3]).mean() < 6, np.abs(a.astype(int) - b[:3]).mean()
      """, in: folder)
    #expect(pictures.count == 2)
  }

  @Test("all addresses of jobs lead to the job, with and without the end of its identifier")
  func addresses() throws {
    let job = try server().exportJob("World/ImageServer", ["levels": "0", "tilePackage": "true"])
    let id = try #require(job["jobId"]?.string)
    for path in ["jobs", "exportTiles/jobs", "estimateExportTilesSize/jobs"] {
      for name in [id, String(id.dropLast(3))] {
        let again = try server().get("World/ImageServer/\(path)/\(name)", ["f": "json"]).json
        #expect(again["jobId"] == .string(id) && again["jobStatus"] == "esriJobSucceeded")
        let levels = try server().get("World/ImageServer/\(path)/\(name)/inputs/levels", ["f": "json"]).json
        #expect(levels == ["paramName": "levels", "dataType": "GPString", "value": "0"])
      }
    }
    #expect(
      job["inputs"]?.object?.map(\.name) == [
        "service_url", "target_cache", "storage_format_type", "copy_data_from_server", "thread_count", "tile_package",
        "export_extent", "levels", "replace_existing_tiles", "area_of_interest", "temp_output_path", "export_options",
      ])
    let other = try server().get("Dem/ImageServer/jobs/\(id)", ["f": "json"]).json
    #expect(other["error"]?["code"] == 400)
    let page = try server().get("World/ImageServer/exportTiles", ["levels": "0", "f": "html"])
    #expect(page.status == 302)
    #expect(try server().get("World/ImageServer/exportTiles").text.contains("name=\"areaOfInterest\""))
  }

  @Test("too many tiles fail the job, in the words that clients look for")
  func tooMany() throws {
    let messages = try server().exportFailure("Few/ImageServer", ["levels": "0-3", "tilePackage": "true"])
    #expect(
      messages.contains(
        "ERROR 001564: Requested tile count(85) exceeds the maximum allowed number of tiles(20) to be exported for service Few:ImageServer."
      ), "\(messages)")
  }

  @Test(
    "what can't be exported fails the job, and says why",
    arguments: [
      (["levels": "0-24"], "0-24"), (["levels": "24"], "24"), (["levels": "0-1000000"], "0-1000000"),
      (["levels": "7-0"], "7-0"), (["exportBy": "scale", "levels": "12345"], "12345"),
      (
        [
          "levels": "3",
          "exportExtent": #"{"xmin":100,"ymin":0,"xmax":110,"ymax":10,"spatialReference":{"wkid":4326}}"#,
        ],
        "outside"
      ),
      (
        [
          "levels": "3",
          "areaOfInterest": #"{"rings":[[[100,0],[110,0],[110,10],[100,0]]],"spatialReference":{"wkid":4326}}"#,
        ],
        "outside"
      ),
    ] as [(Parameters, String)])
  func failures(parameters: Parameters, word: String) throws {
    let messages = try server().exportFailure("Holes/ImageServer", parameters)
    #expect(messages.contains { $0.hasPrefix("ERROR 00") && $0.contains(word) }, "\(messages)")
  }

  @Test(
    "what can't be read is refused at once",
    arguments: [
      ["levels": ""], [:], ["levels": "a"], ["levels": "1,,2"], ["levels": "1-2-3"], ["levels": "-1"],
      ["levels": "0", "storageFormatType": "zip"], ["levels": "0", "exportBy": "size"],
      ["levels": "0", "tilePackage": "perhaps"], ["levels": "0", "compressionQuality": "101"],
      ["levels": "0", "exportExtent": "1,2,3"], ["levels": "0", "exportExtent": "{"],
      ["levels": "0", "areaOfInterest": "{}"], ["levels": "0", "areaOfInterest": #"{"rings":[[[0,0],[1,1]]]}"#],
      ["levels": "0", "areaOfInterest": #"{"rings":[[[0,0],[1,1],[1,0],[0,0]]],"spatialReference":{"wkid":1}}"#],
      ["levels": "0", "tilePackage": "true", "storageFormatType": "esriMapCacheStorageModeExploded"],
    ] as [Parameters])
  func refusals(parameters: Parameters) throws {
    for operation in ["exportTiles"]
      + (parameters.pairs.contains { $0.0 == "storageFormatType" || $0.0 == "compressionQuality" }
        ? [] : ["estimateExportTilesSize"])
    {
      let answer = try server().get("World/ImageServer/\(operation)", parameters + ["f": "json"])
      #expect(
        answer.json["error"]?["code"] == 400
          && answer.json["error"]?["message"] == "Invalid or missing input parameters.")
    }
  }

  @Test("a service that does not allow it says so")
  func closed() throws {
    for operation in ["exportTiles", "estimateExportTilesSize", "exportTiles/submitJob"] {
      let answer = try server().get("Closed/ImageServer/\(operation)", ["levels": "0", "f": "json"])
      #expect(answer.json["error"]?["message"] == "Requested operation is not supported by this service.")
    }
    #expect(try server().get("Closed/ImageServer", ["f": "json"]).json["exportTilesAllowed"] == false)
  }

  @Test("an export that is cancelled leaves nothing")
  func cancelled() throws {
    let answer = try server().post(
      "\(ServerProcess.services)/World/ImageServer/exportTiles",
      ["levels": "0-8", "tilePackage": "true", "f": "json"]
    ).json
    let id = try #require(answer["jobId"]?.string)
    let directory = "/arcgis/rest/directories/arcgisoutput/World_ImageServer/_ags_\(id)"
    for _ in 0..<1000 {
      let job = try server().get("World/ImageServer/jobs/\(id)", ["f": "json"]).json
      if (job["progress"]?["percent"]?.integer ?? 0) > 0 { break }
      usleep(5000)
    }
    // Nobody sees what is not whole.
    #expect(try server().get(directory, ["f": "json"]).status == 404)
    let cancelled = try server().get("World/ImageServer/exportTiles/jobs/\(id)/cancel", ["f": "json"]).json
    #expect(["esriJobCancelling", "esriJobCancelled"].contains(cancelled["jobStatus"]?.string))
    var status = ""
    var isGone = false
    for _ in 0..<1000 where status != "esriJobCancelled" || !isGone {
      status = try server().get("World/ImageServer/jobs/\(id)", ["f": "json"]).json["jobStatus"]?.string ?? ""
      isGone = try server().get(directory, ["f": "json"]).status == 404
      usleep(10_000)
    }
    #expect(status == "esriJobCancelled" && isGone)
  }
}
