import JSONValue
import Testing

@Suite("Each world plays its release", .servingSampleData)
struct VersionTests {
  /// A world of a release: the path of its services.
  func world(_ version: String) throws -> String {
    let made = try server().control("POST", "/mock/worlds", ["serverVersion": .string(version)])
    try #require(made.status == 201, "\(made.text)")
    let address = try #require(made.json["url"]?.string)
    return String(address.dropFirst("http://127.0.0.1:\(try server().port)".count))
  }

  @Test(
    "the number of the release is printed as the release prints it",
    arguments: [
      ("10.0", "10.01"), ("10.1", "10.1"), ("10.2.2", "10.22"), ("10.3.1", "10.31"), ("10.6.1", "10.61"),
      ("10.9.1", "10.91"), ("11.0", "11"), ("11.1", "11.1"), ("11.5", "11.5"),
    ])
  func number(_ version: String, _ printed: String) throws {
    let text = try server().get("\(try world(version))/BlueMarble/ImageServer?f=json").text
    #expect(text.hasPrefix("{\"currentVersion\":\(printed),"))
  }

  /// Fields of the root, and the first of the tried releases that has them (REST API reference, 1.2).
  static let fields: [(name: String, since: String)] = [
    ("serviceDescription", "9.3"), ("pixelType", "9.3"), ("minValues", "9.3"), ("currentVersion", "10.0"),
    ("capabilities", "10.0"), ("fields", "10.0"), ("maxImageHeight", "10.0"), ("objectIdField", "10.0"),
    ("initialExtent", "10.1"), ("defaultMosaicMethod", "10.1"), ("allowRasterFunction", "10.1"),
    ("hasMultidimensions", "10.3"), ("exportTilesAllowed", "10.3"), ("bandNames", "10.9.1"),
    ("spatialReference", "10.9.1"),
    ("serviceSourceType", "10.9.1"), ("blockWidth", "10.9.1"),
  ]

  @Test("a field is there from the release on that brought it", arguments: ["9.3", "10.0", "10.3", "10.9.1", "11.1"])
  func fieldsOfTheRoot(_ version: String) throws {
    let order = ["9.3", "10.0", "10.1", "10.3", "10.9.1", "11.1"]
    let root = try server().get("\(try world(version))/BlueMarble/ImageServer?f=json").json
    for (name, since) in Self.fields {
      let isThere = try #require(order.firstIndex(of: version)) >= #require(order.firstIndex(of: since))
      #expect((root[name] != nil) == isThere, "\(name) in \(version)")
    }
  }

  @Test("latestWkid came with 10.1", arguments: [("10.0", false), ("10.1", true), ("11.1", true)])
  func latestWkid(_ version: String, _ isThere: Bool) throws {
    let root = try server().get("\(try world(version))/Landsat7/ImageServer?f=json").json
    #expect((root["extent"]?["spatialReference"]?["latestWkid"] != nil) == isThere)
    #expect(root["extent"]?["spatialReference"]?["wkid"] == 31985)
  }

  @Test("errors have the release's message and extendedCode")
  func errors() throws {
    let request = "BlueMarble/ImageServer/exportImage?bbox=1,2,3&f=json"
    for version in ["10.0", "10.3", "10.6.1"] {
      #expect(
        try server().get("\(try world(version))/\(request)").text
          == #"{"error":{"code":400,"message":"Unable to complete operation.","details":["'bbox' parameter is invalid."]}}"#
      )
    }
    for version in ["10.8.1", "10.9.1", "11.1"] {
      #expect(
        try server().get("\(try world(version))/\(request)").json["error"]?["extendedCode"] == -2_147_024_809)
    }
    #expect(try server().get("\(try world("10.7.1"))/\(request)").json["error"]?["extendedCode"] == nil)
  }

  @Test("scale came after 9.3, and so did jpgpng as the default format")
  func exportOf93() throws {
    let request = "Landsat7/ImageServer/exportImage?bbox=290000,9112000,296000,9118000&size=20,20"
    for (version, hasScale, type) in [
      ("9.3", false, "image/png"), ("10.0", true, "image/jpeg"), ("11.1", true, "image/jpeg"),
    ] {
      let path = "\(try world(version))/\(request)"
      #expect((try server().get(path + "&f=json").json["scale"] != nil) == hasScale)
      #expect(try server().get(path + "&f=image").mediaType == type, "\(version)")
    }
  }

  @Test("adjustAspectRatio is unknown before 10.3, so pixels are square")
  func adjustAspectRatio() throws {
    let request = "BlueMarble/ImageServer/exportImage?bbox=0,0,10,10&size=20,10&adjustAspectRatio=false&f=json"
    #expect(try server().get("\(try world("10.0"))/\(request)").json["extent"]?["xmin"] == -5)
    #expect(try server().get("\(try world("10.3"))/\(request)").json["extent"]?["xmin"] == 0)
  }

  static let locks = [
    "<MosaicProperties><MosaicMethod>esriMosaicLockRaster</MosaicMethod><LockRasterID>7</LockRasterID></MosaicProperties>",
    "<MosaicProperties><Method>5</Method><FIDSet><FIDArray><Int>7</Int></FIDArray></FIDSet></MosaicProperties>",
    "<?xml version=\"1.0\"?><mosaicproperties><WHERECLAUSE>Name LIKE 'World%'</WHERECLAUSE></mosaicproperties>",
  ]

  @Test("mosaicProperties in XML is followed by 9.3 and 10.0, and ignored from 10.1 on", arguments: locks)
  func mosaicProperties(_ xml: String) throws {
    // Over Europe the continent is on top; the file of the world is the last of seven by name.
    let box: Parameters = ["bbox": "0,45,20,55", "size": "40,20", "format": "tiff", "f": "image"]
    func picture(_ version: String, _ more: Parameters) throws -> [UInt8] {
      try server().get("\(try world(version))/BlueMarble/ImageServer/exportImage", box + more).body
    }
    for version in ["9.3", "10.0", "10.1", "11.1"] {
      let plain = try picture(version, [:])
      let sent = try picture(version, ["mosaicProperties": xml])
      #expect((sent != plain) == (version == "9.3" || version == "10.0"), "\(version)")
      if version == "10.0" {
        #expect(
          sent
            == (try picture(version, ["mosaicRule": #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[7]}"#])))
        // The rule goes before the XML.
        #expect(try picture(version, ["mosaicProperties": xml, "mosaicRule": "{}"]) == plain)
      }
    }
  }

  @Test("a mosaicRule is unknown to 9.3")
  func ruleOf93() throws {
    let box: Parameters = ["bbox": "0,45,20,55", "size": "40,20", "format": "tiff", "f": "image"]
    let path = "\(try world("9.3"))/BlueMarble/ImageServer/exportImage"
    #expect(
      try server().get(path, box + ["mosaicRule": #"{"where":"Name = 'World'"}"#]).body
        == (try server().get(path, box).body))
  }

  @Test(
    "broken XML is an error in 10.0 and nothing at all in 11.1",
    arguments: [
      "<a>", "x", "<MosaicProperties><MosaicMethod>sideways</MosaicMethod></MosaicProperties>",
      "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a></b>",
      String(repeating: "<a>", count: 100_000),
      String(repeating: "<a>", count: 50_000) + String(repeating: "</a>", count: 50_000),
    ])
  func brokenXML(_ xml: String) throws {
    for (version, isError) in [("10.0", true), ("11.1", false)] {
      let answer = try server().post(
        "\(try world(version))/BlueMarble/ImageServer/exportImage",
        ["bbox": "0,45,20,55", "size": "9,9", "mosaicProperties": xml, "f": "json"])
      #expect((answer.detail == "'mosaicProperties' parameter is invalid.") == isError, "\(answer.text.prefix(200))")
    }
  }

  @Test("the server itself plays --server-version")
  func commandLine() throws {
    let server = try ServerProcess(Program.sampleData, options: ["--server-version", "10.9.1"])
    #expect(try server.get("/arcgis/rest/info?f=json").json["currentVersion"] == .double(10.91))
    #expect(try server.get("/arcgis/rest/info?f=json").json["fullVersion"] == "10.9.1")
    try server.stop()
  }
}
