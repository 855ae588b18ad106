import JSONValue
import Testing

@Suite("A raster of a catalog is a resource of its own", .serving(Tiles.script))
struct CatalogItemTests {
  static let reference = #"{"wkid":102100,"latestWkid":3857}"#

  @Test("an item is a feature with all fields and its footprint")
  func item() throws {
    #expect(
      try server().get("Tiles/ImageServer/2?f=json").text
        == #"{"geometry":{"rings":[[[100,0],[100,100],[200,100],[200,0],[100,0]]],"spatialReference":\#(Self.reference)},"#
        + #""attributes":{"OBJECTID":2,"Name":"B","MinPS":15,"MaxPS":null,"LowPS":10,"HighPS":10,"Category":1,"#
        + #""Tag":"Dataset","GroupName":"","ProductName":"","CenterX":150,"CenterY":50,"ZOrder":null,"#
        + #""Shape_Length":400,"Shape_Area":10000,"Clouds":10,"Quality":2.5,"Acquired":1335830400000,"Sensor":"TM"}}"#)
    #expect(
      try server().post("Tiles/ImageServer/2", ["f": "pjson"]).json
        == (try server().get("Tiles/ImageServer/2?f=json").json))
  }

  @Test(
    "an id that is not there, and a service without a catalog, get the server's error",
    arguments: [
      "Tiles/ImageServer/0", "Tiles/ImageServer/7", "Tiles/ImageServer/99999999999999999999", "Single/ImageServer/1",
      "Tiles/ImageServer/7/info", "Tiles/ImageServer/7/image", "Tiles/ImageServer/7/thumbnail",
      "Tiles/ImageServer/7/info/thumbnail", "Tiles/ImageServer/7/info/metadata", "Tiles/ImageServer/7/info/histograms",
      "Tiles/ImageServer/7/info/keyProperties", "Tiles/ImageServer/7/info/ics", "Single/ImageServer/1/image",
    ])
  func unknown(_ path: String) throws {
    let answer = try server().get(path, ["f": "json"])
    #expect(answer.status == 200)
    #expect(answer.json["error"]?["code"] == 400 && answer.json["error"]?["details"] == [])
    #expect(answer.json["error"]?["message"] == "Invalid or missing input parameters.")
    #expect(answer["X-Mock-ArcGIS-Hint"] != nil)
  }

  @Test("what is no whole number is no item", arguments: ["-1", "1.0", "+1", "1e0", "0x1", "one", "1 ", "%31a", "٣"])
  func noItem(_ id: String) throws {
    let answer = try server().get("Tiles/ImageServer/\(Parameters.encoded(id))", ["f": "json"])
    #expect(answer.json["error"]?["message"] == "Invalid URL", "\(answer.text)")
    #expect(try server().get("Tiles/ImageServer/1/nonsense?f=json").json["error"]?["code"] == 400)
    #expect(try server().get("Tiles/ImageServer/KEYPROPERTIES?f=json").json["error"] == nil)
  }

  @Test("a catalog that is closed has no items")
  func closed() throws {
    #expect(
      try server().get("Closed/ImageServer/1?f=json").json["error"]?["message"]
        == "Requested operation is not supported by this service.")
  }

  @Test("info tells size, place and pixels, its statistics those of numpy")
  func info() throws {
    let info = try server().get("Tiles/ImageServer/1/info?f=json").json
    #expect(info["origin"] == ["x": 0, "y": 100, "spatialReference": ["wkid": 102100, "latestWkid": 3857]])
    #expect(info["extent"]?["xmax"] == 100 && info["nativeExtent"]?["ymin"] == 0)
    #expect(info["pixelSizeX"] == 10 && info["pixelSizeY"] == 10 && info["bandCount"] == 1 && info["pixelType"] == "U8")
    #expect(info["firstPyramidLevel"] == 1 && info["maxPyramidLevel"] == 1)
    #expect(try server().get("Tiles/ImageServer/2/info?f=json").json["maxPyramidLevel"] == 0)
    #expect(info["format"] == "TIFF" && info["compressionType"] == "None" && info["hasMultidimensions"] == false)
    #expect(info["nativeSpatialReference"]?["latestWkid"] == 3857)
    #expect((info["blockWidth"]?.integer ?? 0) > 0 && (info["blockHeight"]?.integer ?? 0) > 0)
    // The columns of a are 0 to 9: mean 4.5, variance 8.25.
    let measured = try #require(info["statistics"]?[0]?.array)
    let statistics = measured.compactMap(\.number)
    #expect(statistics.count == 4 && statistics[0] == 0 && statistics[1] == 9 && statistics[2] == 4.5)
    #expect(abs(statistics[3] - 8.25.squareRoot()) < 1e-12)
    let histogram = try #require(info["histograms"]?[0])
    #expect(histogram["size"] == 256 && histogram["min"] == -0.5 && histogram["max"] == 255.5)
    #expect(histogram["counts"]?.array?.compactMap(\.integer) == (0..<256).map { $0 < 10 ? 10 : 0 })
    #expect(try server().get("Tiles/ImageServer/1/info/histograms?f=json").json == ["histograms": [histogram]])
    // e is 40 to 49.
    #expect(try server().get("Tiles/ImageServer/5/info?f=json").json["statistics"]?[0]?[0] == 40)
  }

  @Test("image is exportImage with the raster locked, by default of the whole raster in 400 x 400")
  func image() throws {
    let asked: Parameters = ["bbox": "50,0,250,100", "size": "40,20", "format": "tiff", "f": "image"]
    let locked = try server().get(
      "Tiles/ImageServer/exportImage",
      asked + ["mosaicRule": #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[2]}"#])
    let image = try server().get("Tiles/ImageServer/2/image", asked)
    #expect(image.mediaType == "image/tiff" && image.body == locked.body)
    // Neither a rule nor a time counts here.
    #expect(
      try server().get("Tiles/ImageServer/2/image", asked + ["mosaicRule": "{", "time": "x"]).body == locked.body)
    let whole = try server().post("Tiles/ImageServer/2/image", ["f": "json"]).json
    #expect(whole["width"] == 400 && whole["height"] == 400)
    #expect(
      whole["extent"]
        == [
          "xmin": 100, "ymin": 0, "xmax": 200, "ymax": 100, "spatialReference": ["wkid": 102100, "latestWkid": 3857],
        ])
    let picture = try GDAL.shared.read(try server().fetch(try #require(whole["href"]?.string)).body)
    #expect(picture.width == 400)
    let rule = try server().get(
      "Tiles/ImageServer/2/image",
      ["size": "2,2", "format": "tiff", "f": "image", "interpolation": "RSP_NearestNeighbor"])
    // Quarters of 10 to 19: the pixels about columns 2.5 and 7.5.
    #expect(try GDAL.shared.read(rule.body).samples == [12, 17, 12, 17])
    for (name, value) in [("size", "0,0"), ("bbox", "x"), ("bandIds", "1"), ("size", "99999,1")] {
      #expect(try server().get("Tiles/ImageServer/2/image", [name: value, "f": "json"]).json["error"]?["code"] == 400)
    }
    let form = try server().get("Tiles/ImageServer/2/image").text
    #expect(form.contains("name=\"bbox\"") && !form.contains("name=\"mosaicRule\""))
  }

  @Test(
    "thumbnails are small PNGs of the raster", arguments: ["3/thumbnail", "3/info/thumbnail", "3/thumbnail?f=image"])
  func thumbnail(_ path: String) throws {
    let answer = try server().get("Tiles/ImageServer/\(path)")
    #expect(answer.mediaType == "image/png")
    let picture = try GDAL.shared.read(answer.body)
    #expect(picture.width == 200 && picture.height == 200 && picture.isData.allSatisfy(\.self))
  }

  @Test("metadata is XML that names the raster and says where it lies")
  func metadata() throws {
    let answer = try server().get("Tiles/ImageServer/3/info/metadata", ["f": "json"])
    #expect(answer.mediaType == "text/xml")
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "metadata.xml")
    let read = try GDAL.shared.run(
      """
      import xml.etree.ElementTree as tree
      root = tree.parse('metadata.xml').getroot()
      assert root.tag == 'metadata' and root.find('.//resTitle').text == 'C'
      assert root.find('.//idAbs').text == 'Six <tiles> & more'
      give(np.array([[float(root.find('.//' + n).text) for n in ('westBL', 'eastBL', 'southBL', 'northBL', 'rowcount')]]))
      """, in: folder)[0].samples
    let degree = 180 / Double.pi / 6_378_137
    #expect(abs(read[0] - 200 * degree) < 1e-9 && abs(read[1] - 300 * degree) < 1e-9 && abs(read[2]) < 1e-9)
    #expect(abs(read[3] - 100 * degree) < 1e-6 && read[4] == 10)
  }

  @Test("key properties are the band names and what the owner says")
  func keyProperties() throws {
    #expect(
      try server().get("Tiles/ImageServer/3/info/keyProperties?f=json").json
        == [
          "BandProperties": [["BandName": "Band_1"]], "Clouds": 20, "Acquired": 1_267_444_800_000, "Sensor": "O'Hara",
        ])
  }

  @Test("no raster has an image coordinate system", arguments: ["ics", "icstopixel", "icsToPixel"])
  func imageCoordinates(_ name: String) throws {
    let answer = try server().get("Tiles/ImageServer/3/info/\(name)?f=json")
    #expect(answer.status == 200 && answer.json["error"]?["code"] == 400)
  }

  @Test("the root's page leads to the items, an item's page back and to what hangs below it")
  func pages() throws {
    let base = "/arcgis/rest/services/Tiles/ImageServer"
    let root = try server().get("Tiles/ImageServer").text
    #expect(DirectoryPageTests.addresses(root).contains("\(base)/6"))
    #expect(DirectoryPageTests.addresses(root).contains("\(base)/query"))
    #expect(!root.contains("rasterId"), "no pattern of a path is shown")
    let item = DirectoryPageTests.addresses(try server().get("Tiles/ImageServer/6").text)
    for path in [
      "", "/6/info", "/6/image", "/6/thumbnail", "/6/info/metadata", "/6/info/keyProperties", "/6/info/histograms",
    ] {
      #expect(item.contains(base + path), "\(path)")
    }
    let info = DirectoryPageTests.addresses(try server().get("Tiles/ImageServer/6/info/histograms").text)
    #expect(
      info.contains("\(base)/6") && info.contains("\(base)/6/info")
        && info.contains("\(base)/6/info/histograms?f=pjson"))
  }
}
