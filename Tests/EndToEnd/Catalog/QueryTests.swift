import JSONValue
import Testing

@Suite("query finds rasters of a catalog", .serving(Tiles.script))
struct QueryTests {
  static let reference = #"{"wkid":102100,"latestWkid":3857}"#

  @Test("an answer is a feature set, member by member")
  func featureSet() throws {
    #expect(
      try query(["objectIds": "2"]).text
        == #"{"objectIdFieldName":"OBJECTID","fieldAliases":{"OBJECTID":"OBJECTID","Name":"Name"},"#
        + #""geometryType":"esriGeometryPolygon","spatialReference":\#(Self.reference),"#
        + #""fields":[{"name":"OBJECTID","type":"esriFieldTypeOID","alias":"OBJECTID","domain":null},"#
        + #"{"name":"Name","type":"esriFieldTypeString","alias":"Name","domain":null,"length":200}],"#
        + #""features":[{"attributes":{"OBJECTID":2,"Name":"B"},"#
        // Clockwise, from the south-western corner.
        + #""geometry":{"rings":[[[100,0],[100,100],[200,100],[200,0],[100,0]]]}}]}"#)
  }

  @Test("without a filter every raster is meant, by GET and POST")
  func everything() throws {
    #expect(try ids([:]) == [1, 2, 3, 4, 5, 6])
    #expect(try query(["returnCountOnly": "true"]).text == #"{"count":6}"#)
    #expect(try query(["returnCountOnly": "True"], post: true).text == #"{"count":6}"#)
    // A form sends all of its fields, empty.
    #expect(
      try ids(["where": "", "objectIds": "", "time": "", "geometry": "", "outFields": ""]) == [1, 2, 3, 4, 5, 6])
    #expect(
      try query(["returnIdsOnly": "true"]).text == #"{"objectIdFieldName":"OBJECTID","objectIds":[1,2,3,4,5,6]}"#)
  }

  @Test(
    "where selects by the fields of the catalog",
    arguments: [
      ("1=1", [1, 2, 3, 4, 5, 6]), ("1=0", []), ("OBJECTID = 1 OR OBJECTID = 2", [1, 2]),
      ("OBJECTID >= 1 AND OBJECTID <= 2", [1, 2]), ("Clouds < 25", [2, 3, 4]), ("clouds = 10", [2, 4]),
      ("Clouds IS NULL", [6]), ("Quality > 0.75 AND NOT Quality > 3", [2, 4]), ("Name IN ('A','F')", [1, 6]),
      ("Sensor LIKE '%TM'", [1, 2, 4, 5]), ("Sensor = 'O''Hara'", [3]), ("UPPER(Sensor) = 'ETM'", [1, 4, 5, 6]),
      ("Acquired > DATE '2010-01-15'", [2, 3]), ("Acquired BETWEEN '2009-01-01' AND '2010-02-01'", [1, 5]),
      ("CenterX > 100 AND CenterY < 100", [2, 3]), ("Category = 1 AND Tag = 'Dataset'", [1, 2, 3, 4, 5, 6]),
    ])
  func conditions(_ condition: String, _ expected: [Int]) throws { #expect(try ids(["where": condition]) == expected) }

  static let hostile = [
    "1=1; DROP TABLE raster", "1=1; DELETE FROM raster; --", "OBJECTID = 1 UNION SELECT 1", "1=1 --", "1=1 /* */",
    "OBJECTID IN (SELECT objectId FROM raster)", "(SELECT COUNT(*) FROM sqlite_master) > 0", "Shape IS NULL", "'", "\"",
    "Name = \"A\"\"", "load_extension('x') = 1", "randomblob(1000000000) = 1", "sqlite_version() = ''", "1=1 OR",
    "OR 1=1",
    "Name = 'A", "nosuchfield = 1", "raster.path LIKE '%'", "rowid = 1", "1", "OBJECTID", "() = ()", "Name LIKE",
    "?1 = 1",
    "Name = :a", "@x = 1", "[Name] = 'A'", "Name = 'A' COLLATE NOCASE", "1=1\0", "Name GLOB '*'", "Name REGEXP 'a'",
    "EXISTS (SELECT 1)", "CASE WHEN 1=1 THEN 1 END = 1", "ABS(-9223372036854775807 - 1) > 0",
    String(repeating: "(", count: 5000) + "1=1" + String(repeating: ")", count: 5000),
    String(repeating: "NOT ", count: 5000) + "1=1", "Name = '" + String(repeating: "x", count: 40_000) + "'",
  ]

  @Test("what is no condition is the server's own error, and changes nothing", arguments: hostile)
  func hostileConditions(_ condition: String) throws {
    let answer = try query(["where": condition], post: true)
    #expect(answer.status == 200)
    #expect(
      answer.json["error"]
        == [
          "code": 400, "message": "Unable to complete operation.", "details": ["Unable to perform query operation."],
        ],
      "\(answer.text.prefix(200))")
    #expect(answer["X-Mock-ArcGIS-Hint"]?.hasPrefix("where: ") == true)
    #expect(try query(["returnCountOnly": "true"]).json["count"] == 6)
  }

  @Test("a text in quotes is a text, whatever stands in it")
  func quoted() throws {
    for text in ["A''; DROP TABLE raster; --", "?", "%", "' || Name || '", "\u{1F30D}"] {
      let escaped = text.replacing("''", with: "'").replacing("'", with: "''")
      #expect(try ids(["where": "Name = '\(escaped)'"]) == [])
    }
    #expect(try ids(["where": "Name LIKE '_'"]) == [1, 2, 3, 4, 5, 6])
  }

  @Test("object ids go before all other filters, and not beside returnIdsOnly")
  func objectIds() throws {
    for more in [[:], ["where": "nonsense ("], ["geometry": "9999,9999,9999,9999"], ["pixelSize": "1e9,1e9"]]
      as [Parameters]
    {
      let answer = try query(["objectIds": "3,1,99,3", "outFields": "OBJECTID"] + more)
      #expect(answer.json["features"]?.array?.compactMap { $0["attributes"]?["OBJECTID"]?.integer } == [1, 3])
    }
    let answer = try query(["objectIds": "1", "returnIdsOnly": "true"])
    #expect(answer.detail == "'objectIds' parameter is invalid.")
    #expect(try query(["objectIds": "1,2", "returnCountOnly": "true"]).json["count"] == 2)
  }

  @Test("outFields are answered in their order, under their own names")
  func outFields() throws {
    let answer = try query(["objectIds": "1", "outFields": "clouds, NAME,Clouds,Shape", "returnGeometry": "False"]).json
    #expect(answer["features"]?[0]?.object == ["attributes": ["Clouds": 30, "Name": "A"]])
    #expect(answer["fields"]?.array?.map { $0["name"]?.string } == ["Clouds", "Name"])
    #expect(answer["geometryType"] == nil && answer["spatialReference"] == nil)
    let all = try query(["objectIds": "1", "outFields": "*"]).json
    let names = [
      "OBJECTID", "Name", "MinPS", "MaxPS", "LowPS", "HighPS", "Category", "Tag", "GroupName", "ProductName", "CenterX",
      "CenterY", "ZOrder", "Shape_Length", "Shape_Area", "Clouds", "Quality", "Acquired", "Sensor",
    ]
    #expect(all["fields"]?.array?.compactMap { $0["name"]?.string } == names)
    let attributes = try #require(all["features"]?[0]?["attributes"]?.object)
    #expect(attributes.map(\.name) == names)
    // 1 January 2010 in milliseconds; 10 pixels of 10 units, halved once.
    #expect(attributes["Acquired"] == 1_262_304_000_000 && attributes["Shape_Area"] == 10_000)
    #expect(attributes["LowPS"] == 10 && attributes["HighPS"] == 20 && attributes["MaxPS"] == 15)
    #expect(
      try query(["objectIds": "6", "outFields": "Clouds,ZOrder"]).json["features"]?[0]?["attributes"]
        == ["Clouds": nil, "ZOrder": nil])
  }

  @Test(
    "orderByFields orders by several fields, null first",
    arguments: [
      ("Name DESC", [6, 5, 4, 3, 2, 1]), ("Clouds", [6, 2, 4, 3, 5, 1]), ("clouds desc", [1, 5, 3, 2, 4, 6]),
      ("Clouds ASC, Name DESC", [6, 4, 2, 3, 5, 1]), ("Sensor,OBJECTID DESC", [5, 4, 1, 3, 2, 6]),
      ("Acquired", [4, 6, 5, 1, 3, 2]), ("CenterY desc,CenterX desc", [6, 5, 4, 3, 2, 1]),
    ])
  func order(_ order: String, _ expected: [Int]) throws { #expect(try ids(["orderByFields": order]) == expected) }

  @Test("no more than maxRecordCount rows come at once, the rest page by page")
  func pages() throws {
    func names(_ parameters: Parameters) throws -> (String, Bool) {
      let json = try query(["returnGeometry": "false"] + parameters).json
      let names = json["features"]?.array?.compactMap { $0["attributes"]?["Name"]?.string } ?? []
      // The member is there only where it is true.
      #expect(json["exceededTransferLimit"] == nil || json["exceededTransferLimit"] == true)
      return (names.joined(), json["exceededTransferLimit"] != nil)
    }
    #expect(try names([:]) == ("ABCD", true))
    #expect(try names(["resultOffset": "4"]) == ("EF", false))
    #expect(try names(["resultRecordCount": "2"]) == ("AB", true))
    #expect(try names(["resultOffset": "4", "resultRecordCount": "2"]) == ("EF", false))
    #expect(try names(["resultOffset": "2", "resultRecordCount": "3"]) == ("CDE", true))
    #expect(try names(["resultRecordCount": "1000"]) == ("ABCD", true))
    #expect(try names(["resultOffset": "6"]) == ("", false))
    #expect(try names(["resultOffset": "2000000000"]) == ("", false))
    #expect(try names(["orderByFields": "Name DESC", "resultRecordCount": "2", "resultOffset": "1"]) == ("ED", true))
    #expect(try names(["where": "Clouds = 10"]) == ("BD", false))
    // Ids, counts and extents are of all.
    #expect(try ids(["resultRecordCount": "2"]).count == 6)
    #expect(try query(["returnCountOnly": "true", "resultRecordCount": "2"]).json["count"] == 6)
  }

  @Test("returnExtentOnly tells what the rasters cover, with the count when both are asked for")
  func extents() throws {
    let extent = #""extent":{"xmin":100,"ymin":0,"xmax":300,"ymax":100,"spatialReference":\#(Self.reference)}"#
    #expect(try query(["where": "OBJECTID IN (2,3)", "returnExtentOnly": "true"]).text == "{\(extent)}")
    #expect(
      try query(["where": "OBJECTID IN (2,3)", "returnExtentOnly": "true", "returnCountOnly": "true"]).text
        == "{\(extent),\"count\":2}")
    let empty = try query(["where": "1=0", "returnExtentOnly": "true", "returnCountOnly": "true"]).json
    #expect(empty["extent"]?["xmin"] == "NaN" && empty["count"] == 0)
    let degrees = try query(["returnExtentOnly": "true", "outSR": "4326"]).json["extent"]
    // 300 m on Web Mercator's sphere of 6378137 m are 300 / 6378137 radians.
    #expect(abs((degrees?["xmax"]?.number ?? 0) - 300 / 6_378_137.0 * 180 / Double.pi) < 1e-12)
    #expect(degrees?["spatialReference"]?["wkid"] == 4326)
  }

  @Test(
    "pixelSize leaves what is shown at it: MinPS <= size < MaxPS",
    arguments: [
      ("10,10", [1, 3, 4, 5, 6]), ("15,15", [2, 3, 4, 5, 6]), (#"{"x":14.9,"y":1}"#, [1, 3, 4, 5, 6]),
      (#"{x:20,y:20,spatialReference:{wkid:3857}}"#, [2, 3, 4, 5, 6]),
      // Thousandths of a degree are 111 m at the equator.
      (#"{"x":0.001,"y":0.001,"spatialReference":{"wkid":4326}}"#, [2, 3, 4, 5, 6]),
      (#"{"x":0.0001,"y":0.0001,"spatialReference":{"wkid":4326}}"#, [1, 3, 4, 5, 6]),
    ])
  func pixelSize(_ size: String, _ expected: [Int]) throws { #expect(try ids(["pixelSize": size]) == expected) }

  @Test("statistics are answered in place of rasters")
  func statistics() throws {
    let kinds = ["count", "sum", "min", "max", "avg", "stddev", "var"]
    let asked = kinds.map {
      #"{"statisticType":"\#($0)","onStatisticField":"Clouds","outStatisticFieldName":"\#($0)_clouds"}"#
    }
    let answer = try query(["outStatistics": "[\(asked.joined(separator: ","))]"]).json
    #expect(answer["features"]?.array?.count == 1 && answer["features"]?[0]?.object?["geometry"] == nil)
    let values = try #require(answer["features"]?[0]?["attributes"]?.object)
    #expect(values.map(\.name) == kinds.map { "\($0)_clouds" })
    // 30, 10, 20, 10, 25: the sum of squares about 19 is 121 + 81 + 1 + 81 + 36 = 320, over n - 1 is 80.
    let expected: [Double] = [5, 95, 10, 30, 19, 80.0.squareRoot(), 80]
    for (kind, value) in zip(kinds, expected) {
      #expect(abs((values["\(kind)_clouds"]?.number ?? .nan) - value) < 1e-12, "\(kind)")
    }
    #expect(
      answer["fields"]?.array?.map { $0["type"]?.string } == [
        "esriFieldTypeInteger", "esriFieldTypeDouble", "esriFieldTypeInteger", "esriFieldTypeInteger",
        "esriFieldTypeDouble", "esriFieldTypeDouble", "esriFieldTypeDouble",
      ])
  }

  @Test("statistics of a group each, ordered by any column, of those rasters that the condition selects")
  func groups() throws {
    func rows(_ parameters: Parameters) throws -> [JSON] {
      let answer = try query(
        [
          "groupByFieldsForStatistics": "Sensor",
          "outStatistics":
            #"[{"statisticType":"count","onStatisticField":"OBJECTID","outStatisticFieldName":"N"},{statisticType:'MAX',onStatisticField:'acquired'}]"#,
        ] + parameters)
      return answer.json["features"]?.array?.compactMap { $0["attributes"] } ?? []
    }
    let etm: JSON = ["Sensor": "ETM", "N": 3, "MAX_Acquired": 1_262_304_000_000]
    let hara: JSON = ["Sensor": "O'Hara", "N": 1, "MAX_Acquired": 1_267_444_800_000]
    let tm: JSON = ["Sensor": "TM", "N": 1, "MAX_Acquired": 1_335_830_400_000]
    let lower: JSON = ["Sensor": "etm", "N": 1, "MAX_Acquired": nil]
    #expect(try rows([:]) == [etm, hara, tm, lower])
    #expect(try rows(["orderByFields": "N DESC, Sensor DESC"]) == [etm, lower, tm, hara])
    #expect(try rows(["where": "Sensor <> 'ETM'", "orderByFields": "max_acquired desc"]) == [tm, hara, lower])
    #expect(try rows(["where": "1=0"]) == [])
    #expect(try rows(["resultRecordCount": "1", "resultOffset": "1"]) == [hara])
    #expect(try rows(["geometry": "10,10,20,20"]) == [["Sensor": "ETM", "N": 1, "MAX_Acquired": 1_262_304_000_000]])
    let none = try query([
      "where": "1=0",
      "outStatistics":
        #"[{"statisticType":"count","onStatisticField":"Name"},{"statisticType":"min","onStatisticField":"Name"}]"#,
    ])
    #expect(none.json["features"]?[0]?["attributes"] == ["COUNT_Name": 0, "MIN_Name": nil])
  }

  @Test("distinct values come once, and are counted once")
  func distinct() throws {
    let asked: Parameters = ["returnDistinctValues": "true", "outFields": "Clouds", "orderByFields": "Clouds"]
    let answer = try query(asked).json
    #expect(
      answer["features"]?.array?.map { $0["attributes"]?["Clouds"] }
        == [nil, 10, 20, 25].map { $0.map(JSON.int) ?? .null })
    #expect(answer["exceededTransferLimit"] == true && answer["geometryType"] == nil)
    #expect(try query(asked + ["returnCountOnly": "true"]).json["count"] == 5)
    #expect(
      try query(["returnDistinctValues": "true", "outFields": "Sensor,Clouds", "where": "Sensor = 'ETM'"]).json[
        "features"]?
        .array?.count == 3)
  }

  @Test("the service has no timeInfo, so that time changes nothing")
  func time() throws {
    for time in ["0,1", "1199145600000, 1230768000000", "null,null"] { #expect(try ids(["time": time]).count == 6) }
    #expect(try server().get("Tiles/ImageServer?f=json").json["timeInfo"] == nil)
  }

  static let invalid: [(String, Parameters)] = [
    ("outFields", ["outFields": "nope"]), ("outFields", ["outFields": "Name,,Clouds"]),
    ("outFields", ["outFields": "Name; DROP TABLE raster"]), ("outFields", ["outFields": "*,x"]),
    ("orderByFields", ["orderByFields": "nope"]), ("orderByFields", ["orderByFields": "Name sideways"]),
    ("orderByFields", ["orderByFields": "Shape"]), ("orderByFields", ["orderByFields": "Name,"]),
    ("orderByFields", ["orderByFields": "(SELECT 1)"]),
    (
      "groupByFieldsForStatistics",
      [
        "groupByFieldsForStatistics": "nope",
        "outStatistics": #"[{"statisticType":"count","onStatisticField":"Name"}]"#,
      ]
    ),
    ("outStatistics", ["groupByFieldsForStatistics": "Name"]), ("outStatistics", ["outStatistics": "[]"]),
    ("outStatistics", ["outStatistics": "{}"]), ("outStatistics", ["outStatistics": "["]),
    ("outStatistics", ["outStatistics": #"[{"statisticType":"mode","onStatisticField":"Name"}]"#]),
    ("outStatistics", ["outStatistics": #"[{"statisticType":"sum","onStatisticField":"Name"}]"#]),
    ("outStatistics", ["outStatistics": #"[{"statisticType":"avg","onStatisticField":"Acquired"}]"#]),
    ("outStatistics", ["outStatistics": #"[{"statisticType":"count","onStatisticField":"nope"}]"#]),
    ("outStatistics", ["outStatistics": #"[{"statisticType":"count","onStatisticField":"Shape"}]"#]),
    (
      "outStatistics",
      [
        "outStatistics":
          #"[{"statisticType":"min","onStatisticField":"Clouds","outStatisticFieldName":"a"},{"statisticType":"max","onStatisticField":"Clouds","outStatisticFieldName":"A"}]"#
      ]
    ),
    (
      "orderByFields",
      [
        "outStatistics": #"[{"statisticType":"count","onStatisticField":"Name"}]"#, "orderByFields": "Name",
      ]
    ),
    ("time", ["time": "x"]), ("time", ["time": "2,1"]), ("time", ["time": "1,2,3"]), ("time", ["time": "null"]),
    ("objectIds", ["objectIds": "1,x"]), ("objectIds", ["objectIds": "1;DROP TABLE raster"]),
    ("objectIds", ["objectIds": "1.5"]), ("returnGeometry", ["returnGeometry": "maybe"]),
    ("returnIdsOnly", ["returnIdsOnly": "2"]), ("returnCountOnly", ["returnCountOnly": "x"]),
    ("resultOffset", ["resultOffset": "-1"]), ("resultOffset", ["resultOffset": "1e99"]),
    ("resultRecordCount", ["resultRecordCount": "0"]), ("resultRecordCount", ["resultRecordCount": "many"]),
    ("geometryPrecision", ["geometryPrecision": "-1"]), ("geometryPrecision", ["geometryPrecision": "400"]),
    ("maxAllowableOffset", ["maxAllowableOffset": "-1"]), ("pixelSize", ["pixelSize": "0,0"]),
    ("pixelSize", ["pixelSize": "1"]), ("pixelSize", ["pixelSize": "{}"]), ("pixelSize", ["pixelSize": "nan,nan"]),
    ("pixelSize", ["pixelSize": #"{"x":1,"y":1,"spatialReference":{"wkid":0}}"#]), ("outSR", ["outSR": "0"]),
    ("inSR", ["inSR": "nowhere", "geometry": "1,2,3,4"]), ("f", ["f": "lyr"]),
  ]

  @Test("a bad parameter is named, and a hint says what is expected", arguments: invalid)
  func invalidParameters(_ name: String, _ parameters: Parameters) throws {
    let answer = try server().post("Tiles/ImageServer/query", (name == "f" ? [:] : ["f": "json"]) + parameters)
    #expect(answer.status == 200)
    #expect(answer.json["error"]?["message"] == "Invalid or missing input parameters.", "\(answer.text.prefix(200))")
    #expect(answer.detail == "'\(name)' parameter is invalid.")
    #expect(answer["X-Mock-ArcGIS-Hint"]?.contains("expected") == true)
  }

  @Test("a hint stays short and in its line, whatever was sent")
  func hints() throws {
    for name in [String(repeating: "x", count: 900_000), "a\r\nX-Evil: 1", "\"a\r\nX-Evil: 1\""] {
      for parameter in ["outFields", "where", "orderByFields"] {
        let answer = try query([parameter: "\(name) = 1"], post: true)
        #expect(answer.json["error"]?["code"] == 400)
        #expect((answer["X-Mock-ArcGIS-Hint"]?.utf8.count ?? .max) < 2000 && answer["X-Evil"] == nil)
      }
    }
  }

  @Test("a service without a catalog, and one that closes it, say so")
  func withoutCatalog() throws {
    for service in ["Single", "Closed"] {
      #expect(
        try query([:], of: service).json
          == [
            "error": ["code": 400, "message": "Requested operation is not supported by this service.", "details": []]
          ])
      let root = try server().get("\(service)/ImageServer?f=json").json
      #expect(root["capabilities"]?.string?.contains("Catalog") == false)
      #expect(root["supportsStatistics"] == false && root["supportsAdvancedQueries"] == false)
      #expect(root["advancedQueryCapabilities"]?["supportsPagination"] == false)
    }
    let root = try server().get("Tiles/ImageServer?f=json").json
    #expect(root["capabilities"]?.string?.contains("Catalog") == true)
    #expect(root["supportsStatistics"] == true && root["supportsAdvancedQueries"] == true)
    #expect(
      root["advancedQueryCapabilities"]
        == [
          "useStandardizedQueries": true, "supportsStatistics": true, "supportsOrderBy": true, "supportsDistinct": true,
          "supportsPagination": true,
        ])
  }

  @Test("random bytes in any parameter never harm the server")
  func noise() throws {
    var generator = SeededGenerator(seed: 11)
    let names = [
      "where", "objectIds", "geometry", "geometryType", "inSR", "spatialRel", "relationParam", "outFields", "outSR",
      "pixelSize", "orderByFields", "groupByFieldsForStatistics", "outStatistics", "resultOffset", "resultRecordCount",
      "geometryPrecision", "maxAllowableOffset", "returnExtentOnly",
    ]
    let pieces = [
      "{", "}", "[", "]", "\"rings\":", "null", "1e308", "-1e308", "NaN", "'", "\"", ",", " OR ", "(", ")", "*", "%",
      "\0", "ä",
      "0", "-1", "9223372036854775807", "Name", "esriGeometryPolygon", ";", "--", "T", "Infinity", "{\"x\":",
      "\"wkid\":",
    ]
    for _ in 0..<400 {
      var form: Parameters = ["f": "json"]
      for _ in 0..<3 {
        let value = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
          pieces.randomElement(using: &generator) ?? ""
        }
        form.pairs.append((names.randomElement(using: &generator) ?? "", value.joined()))
      }
      let answer = try server().post("Tiles/ImageServer/query", form)
      #expect(answer.status == 200 && answer.json.object != nil, "\(form) \(answer.text.prefix(200))")
    }
    #expect(try ids([:]).count == 6)
  }
}
