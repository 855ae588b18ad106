import JSONValue
import Testing

@Suite(
  "Where a service has timeInfo, time tells which rasters are meant",
  .serving(
    """
    r = np.random.RandomState(11)
    rasters = {
        'a.tif': {'Begins': '2008-01-01', 'Ends': '2009-01-01', 'Clouds': 1},
        'b.tif': {'Begins': '2009-01-01', 'Ends': '2010-01-01', 'Clouds': 2},
        'c.tif': {'Begins': '2011-01-01', 'Ends': '2011-01-01', 'Clouds': 3},
        'd.tif': {'Begins': '2008-06-01', 'Clouds': 4}}
    for name, x, y in (('a', 0, 0), ('b', 10, 0), ('c', 5, 10), ('d', 0, 5)):
        d = r.randint(0, 200, (20, 20)).astype(np.float32)
        for service in 'Spans', 'Moments', 'Plain', 'Wrong':
            write('%s.ImageServer/%s.tif' % (service, name), d, (x, y, x + 20, y + 20), 'EPSG:3857')
    def settings(service, **more):
        json.dump({'rasters': rasters, **more}, open(service + '.ImageServer/service.json', 'w'))
    settings('Spans', timeInfo={'startTimeField': 'Begins', 'endTimeField': 'Ends'})
    settings('Moments', timeInfo={'startTimeField': 'begins'})
    settings('Plain')
    settings('Wrong', timeInfo={'startTimeField': 'Clouds'})
    """))
struct TimeTests {
  static let window = Window(0, 0, 30, 30, 30, 30)

  /// Times and the rasters of Spans that they mean, by object id. The years 2008 to 2011 begin at 1199145600000,
  /// 1230768000000, 1262304000000 and 1293840000000; d has no end, so that it has no time.
  static let times: [(time: String, ids: [Int])] = [
    ("1199145600000", [1]), ("1199145599999", []), ("1230768000000", [1, 2]), ("1230768000001", [2]),
    ("1262304000000", [2]), ("1262304000001", []), ("1293840000000", [3]), ("1293840000001", []),
    ("1199145600000,1230768000000", [1, 2]), ("1199145600000, 1230768000000", [1, 2]), ("0 , 1199145600000", [1]),
    ("1200000000000,1200000000001", [1]), ("1262304000001,1293839999999", []), ("1262304000000,1293840000000", [2, 3]),
    ("null,1199145600000", [1]), ("null,1199145599999", []), ("null,1230768000000", [1, 2]),
    ("1262304000001,null", [3]), ("1293840000001,null", []), ("null,null", [1, 2, 3]), ("-1,1e13", [1, 2, 3]),
  ]

  @Test("of a query: ids, count, features and extent", arguments: times)
  func found(_ time: String, _ expected: [Int]) throws {
    #expect(try ids(["time": time], of: "Spans") == expected)
    #expect(
      try query(["time": time, "returnCountOnly": "true"], of: "Spans").json == [
        "count": .int(expected.count)
      ])
    let features = try query(["time": time, "outFields": "*"], of: "Spans", post: true).json["features"]?.array
    #expect(features?.map { $0["attributes"]?["OBJECTID"]?.integer } == expected)
    #expect(features?.map { $0["attributes"]?["Clouds"]?.integer } == expected)
    let extent = try query(["time": time, "returnExtentOnly": "true"], of: "Spans").json["extent"]
    // The western edges of a, b and c; an extent of nothing has no numbers.
    let west = expected.map { [0.0, 10, 5][$0 - 1] }.min()
    if let west { #expect(extent?["xmin"]?.number == west) } else { #expect(extent?["xmin"] == "NaN") }
  }

  @Test("of a query together with its other conditions; object ids go before all of them")
  func conditions() throws {
    let time = "1230768000000"
    #expect(try ids(["time": time, "where": "Clouds > 1"], of: "Spans") == [2])
    #expect(try ids(["time": time, "geometry": "0,0,5,5"], of: "Spans") == [1])
    #expect(try ids(["time": time, "where": "Clouds > 1", "geometry": "0,0,5,5"], of: "Spans") == [])
    let named = try query(["time": time, "objectIds": "3,4"], of: "Spans").json["features"]?.array
    #expect(named?.map { $0["attributes"]?["OBJECTID"] } == [3, 4])
  }

  /// What numpy makes of rasters, the one of the least object id on top.
  static func expected(_ ids: [Int]) throws -> Picture {
    try GDAL.shared.run(
      """
      p = np.full((30, 30), np.nan)
      for i in \(ids):
          d = gdal.Open('Plain.ImageServer/%s.tif' % ' abcd'[i])
          g = d.GetGeoTransform()
          x, y = int(g[0]), int(30 - g[3])
          c = np.full((30, 30), np.nan)
          c[y:y + 20, x:x + 20] = d.ReadAsArray()
          p = np.where(np.isnan(p), c, p)
      give(np.nan_to_num(p), ~np.isnan(p))
      """, in: try #require(DataFolder.current))[0]
  }

  /// Compares a picture, the raster of the least object id on top, with what the rasters give.
  func expect(_ ids: [Int], _ service: String, _ more: Parameters, rule: String = "") throws {
    let picture = try server().picture(
      service,
      Self.window.parameters(3857) + [
        "mosaicRule": #"{"mosaicMethod":"esriMosaicNone"\#(rule)}"#, "interpolation": "RSP_NearestNeighbor",
      ] + more)
    let difference = Difference(picture, try Self.expected(ids))
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test("of exportImage: the rasters that are drawn", arguments: times)
  func export(_ time: String, _ ids: [Int]) throws { try expect(ids, "Spans", ["time": time]) }

  @Test("of exportImage together with what the mosaic rule selects")
  func rule() throws {
    try expect([2], "Spans", ["time": "1230768000000"], rule: #","where":"Clouds > 1""#)
    try expect([1], "Spans", ["time": "1230768000000"], rule: #","fids":[1,3,4]"#)
    let locked: Parameters = ["mosaicRule": #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[3,1]}"#]
    let time: Parameters = ["time": "1293840000000", "interpolation": "RSP_NearestNeighbor"]
    let picture = try server().picture("Spans", Self.window.parameters(3857) + locked + time)
    #expect(Difference(picture, try Self.expected([3])).outline == 0)
  }

  @Test("with the start field alone, rasters have moments")
  func moments() throws {
    // 1212278400000 is the first of June 2008.
    for (time, expected) in [
      ("1199145600000", [1]), ("1199145600001", []), ("1199145600001,1230768000000", [2, 4]), ("1212278400000", [4]),
      ("null,null", [1, 2, 3, 4]),
    ] {
      #expect(try ids(["time": time], of: "Moments") == expected)
      try expect(expected, "Moments", ["time": time])
    }
  }

  @Test("changes nothing where the service has no timeInfo", arguments: ["Plain", "Wrong"])
  func withoutTimeInfo(_ service: String) throws {
    for time in ["0", "0,1", "null,null", "1230768000000"] {
      #expect(try ids(["time": time], of: service) == [1, 2, 3, 4])
      try expect([1, 2, 3, 4], service, ["time": time])
    }
  }

  @Test("is no parameter of a raster's own picture")
  func item() throws {
    let asked: Parameters = ["bbox": "0,0,20,20", "size": "20,20", "format": "png", "f": "image"]
    let plain = try server().get("Spans/ImageServer/1/image", asked)
    for time in ["1293840000000", "x"] {
      #expect(try server().get("Spans/ImageServer/1/image", asked + ["time": time]).body == plain.body)
    }
  }

  @Test("is told by the root of the service")
  func root() throws {
    #expect(
      try server().get("Spans/ImageServer?f=json").json["timeInfo"] == [
        "startTimeField": "Begins", "endTimeField": "Ends", "timeExtent": [1_199_145_600_000, 1_293_840_000_000],
        "timeReference": nil, "timeInterval": nil, "timeIntervalUnits": nil,
      ])
    let moments = try server().get("Moments/ImageServer?f=json").json["timeInfo"]
    #expect(moments?["startTimeField"] == "Begins" && moments?["endTimeField"] == "Begins")
    for service in ["Plain", "Wrong"] {
      #expect(try server().get("\(service)/ImageServer?f=json").json["timeInfo"] == nil)
    }
  }

  @Test("came with 10.0; before, it is unknown and ignored")
  func releases() throws {
    for (version, isKnown) in [("9.3", false), ("10.0", true), ("11.1", true)] {
      let service = "\(try services(of: version))/Spans"
      #expect((try server().get("\(service)/ImageServer?f=json").json["timeInfo"] != nil) == isKnown, "\(version)")
      let all = try server().picture(service, Self.window.parameters(3857))
      let some = try server().picture(service, Self.window.parameters(3857) + ["time": "1293840000000"])
      #expect((some != all) == isKnown, "\(version)")
      let wrong = try server().post(
        "\(service)/ImageServer/exportImage", ["bbox": "0,0,30,30", "f": "json", "time": "x"])
      #expect((wrong.json["error"] != nil) == isKnown, "\(version)")
    }
  }

  @Test(
    "that can't be read is an error that names it, with or without timeInfo",
    arguments: ["x", "null", "1,", "1,2,3", "2,1", "1.5", "2010-01-01"])
  func refusals(_ time: String) throws {
    for path in ["Spans/ImageServer/exportImage", "Plain/ImageServer/exportImage", "Spans/ImageServer/query"] {
      let answer = try server().post(path, ["bbox": "0,0,30,30", "time": time, "f": "json"])
      #expect(answer.status == 200 && answer.detail == "'time' parameter is invalid.", "\(path)")
      #expect(answer["X-Mock-ArcGIS-Hint"]?.contains("ms or start,end") == true)
    }
  }

  @Test("names the field that is no date when the folder is inspected")
  func inspect() throws {
    let report = try Program.run(["inspect", try #require(DataFolder.current).path])
    #expect(report.output.contains("Wrong.ImageServer/service.json") && report.output.contains("Clouds"), "\(report)")
  }
}
