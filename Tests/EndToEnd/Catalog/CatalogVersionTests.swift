import JSONValue
import Testing

@Suite("Each release has its own query", .serving(Tiles.script))
struct CatalogVersionTests {
  @Test("query and items came with 10.0")
  func operations() throws {
    for path in ["query?f=json", "1?f=json", "1/info?f=json", "1/image?f=json", "1/thumbnail?f=json"] {
      let old = try server().get("\(try services(of: "9.3"))/Tiles/ImageServer/\(path)")
      #expect(old.json["error"]?["message"] == "Requested operation is not supported by this service.", "\(path)")
      #expect(try server().get("\(try services(of: "10.0"))/Tiles/ImageServer/\(path)").json["error"] == nil, "\(path)")
    }
    for (path, before, since) in [
      ("1/info/metadata", "10.0", "10.1"), ("1/info/thumbnail", "10.0", "10.1"),
      ("1/info/keyProperties", "10.0", "10.1"),
      ("1/info/histograms", "10.2", "10.3"),
    ] {
      #expect(try server().get("\(try services(of: before))/Tiles/ImageServer/\(path)?f=json").json["error"] != nil)
      #expect(try server().get("\(try services(of: since))/Tiles/ImageServer/\(path)?f=json").json["error"] == nil)
    }
  }

  /// Parameters that change an answer or are wrong, the last tried release that ignores them and the first that knows them.
  static let parameters: [(name: String, value: String, before: String, since: String)] = [
    ("returnCountOnly", "true", "10.0", "10.1"), ("pixelSize", "x", "10.0", "10.1"),
    ("orderByFields", "Name DESC", "10.0", "10.1"),
    ("outStatistics", #"[{"statisticType":"count","onStatisticField":"Name"}]"#, "10.0", "10.1"),
    ("returnDistinctValues", "true", "10.0", "10.1"), ("resultOffset", "2", "10.2.2", "10.3"),
    ("resultRecordCount", "1", "10.2.2", "10.3"), ("returnExtentOnly", "true", "10.8", "10.8.1"),
  ]

  @Test("a parameter is unknown, and ignored, before its release", arguments: parameters)
  func parameter(_ name: String, _ value: String, _ before: String, _ since: String) throws {
    for (version, isKnown) in [(before, false), (since, true)] {
      let path = "\(try services(of: version))/Tiles/ImageServer/query"
      let plain = try server().get(path, ["f": "json"]).text
      #expect((try server().get(path, ["f": "json", name: value]).text != plain) == isKnown, "\(version)")
    }
  }

  @Test("references and fields are written as the release writes them")
  func writing() throws {
    let old = try server().get("\(try services(of: "10.0"))/Tiles/ImageServer/query?f=json").json
    #expect(old["spatialReference"] == ["wkid": 102100])
    let info = try server().get("\(try services(of: "10.0"))/Tiles/ImageServer/1/info?f=json").json
    #expect(info["statistics"] == nil && info["histograms"] == nil)
    let later = try server().get("\(try services(of: "10.2"))/Tiles/ImageServer/1/info?f=json").json
    #expect(later["statistics"] != nil && later["histograms"] == nil)
    let root = try server().get("\(try services(of: "10.3"))/Tiles/ImageServer?f=json").json
    #expect(root["supportsStatistics"] == true && root["advancedQueryCapabilities"] == nil)
  }

  @Test(
    "option=footprints is of 10.0 to 11.0",
    arguments: [("9.3", false), ("10.0", true), ("10.9.1", true), ("11.0", true), ("11.1", false)])
  func footprints(_ version: String, _ isThere: Bool) throws {
    let path = "\(try services(of: version))/Tiles/ImageServer"
    let answer = try server().get(path, ["f": "json", "option": "footprints"]).json
    guard isThere else {
      #expect(answer["features"] == nil && answer["pixelType"] == "U8")
      return
    }
    #expect(answer["features"]?.array?.count == 4 && answer["exceededTransferLimit"] == true)
    // WGS 84 by default: 100 m are 0.0009 degrees.
    #expect(answer["spatialReference"]?["wkid"] == 4326)
    let ring = try #require(answer["features"]?[1]?["geometry"]?["rings"]?[0]?.array)
    #expect(ring.allSatisfy { (0...0.002).contains($0[0]?.number ?? -1) })
    let projected = try server().get(path, ["f": "json", "option": "Footprints", "outSR": "3857"]).json
    #expect(projected["features"]?[1]?["geometry"]?["rings"]?[0]?[0] == [100, 0])
    #expect(
      try server().get(path, ["f": "json", "option": "footprints", "outSR": "x"]).detail
        == "'outSR' parameter is invalid.")
    #expect(
      try server().get("\(try services(of: version))/Single/ImageServer", ["f": "json", "option": "footprints"]).json[
        "error"]?["code"] == 400)
    #expect(try server().get(path, ["option": "footprints", "f": "html"]).text.contains("<td>B</td>"))
  }
}
