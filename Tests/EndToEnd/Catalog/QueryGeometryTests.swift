import JSONValue
import Testing

@Suite(
  "query knows where footprints lie",
  .serving(
    Tiles.script + """

      r = np.random.RandomState(3)
      for i in range(60):
          x, y, w, h = 300000 + r.rand() * 400000, 5000000 + r.rand() * 400000, 20000 + r.rand() * 60000, 20000 + r.rand() * 60000
          write('Zone.ImageServer/%02d.tif' % i, np.zeros((4, 4), np.uint8), (x, y, x + w, y + h), 'EPSG:32633')
      for i in range(36):
          write('Globe.ImageServer/%02d.tif' % i, np.zeros((3, 1), np.uint8), (i * 10 - 180, 60, i * 10 - 170, 90), 'EPSG:4326')
      """))
struct QueryGeometryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var type: String
    var geometry: String
    var relation = "Intersects"
    var expected: [Int]
    var pattern: String?

    var testDescription: String { "\(relation) \(type) \(geometry)" }

    var parameters: Parameters {
      var all: Parameters = ["geometry": geometry, "spatialRel": "esriSpatialRel\(relation)"]
      if !type.isEmpty { all.pairs.append(("geometryType", "esriGeometry\(type)")) }
      if let pattern { all.pairs.append(("relationParam", pattern)) }
      return all
    }
  }

  static let cases = [
    Case(type: "", geometry: "10,10,20,20", expected: [1]),
    Case(type: "Envelope", geometry: "110,10,90,20", expected: [1, 2]),
    // Edges count.
    Case(type: "Envelope", geometry: "50,100,60,110", expected: [1, 4]),
    Case(type: "Envelope", geometry: "300,200,400,300", expected: [6]),
    Case(type: "Envelope", geometry: "300.001,200,400,300", expected: []),
    Case(
      type: "Envelope", geometry: #"{"xmin":110,"ymin":110,"xmax":120,"ymax":120,"zmin":0,"zmax":1}"#, expected: [5]),
    Case(type: "Envelope", geometry: "{xmin:'110',ymin:110,xmax:120,ymax:120}", expected: [5]),
    Case(type: "Envelope", geometry: "150,50,150,50", expected: [2]),
    Case(type: "Envelope", geometry: "50,150,250,150", expected: [4, 5, 6]),
    Case(type: "Point", geometry: "150,50", expected: [2]),
    Case(type: "Point", geometry: "100, 100", expected: [1, 2, 4, 5]),
    Case(type: "Point", geometry: #"{"x":250,"y":150}"#, expected: [6]),
    Case(type: "Point", geometry: #"{"x":250,"y":150,"z":7,"m":null}"#, expected: [6]),
    Case(type: "Multipoint", geometry: #"{"points":[[50,50],[250,150,3]]}"#, expected: [1, 6]),
    Case(
      type: "Polyline", geometry: #"{"paths":[[[50,50],[150,150]],[[250,50],[260,50]]]}"#, expected: [1, 2, 3, 4, 5]),
    Case(type: "Polyline", geometry: #"{"paths":[[[50,60],[150,160]],[[250,50],[260,50]]]}"#, expected: [1, 3, 4, 5]),
    Case(type: "Polygon", geometry: #"{"rings":[[[10,10],[10,190],[90,190],[10,10]]]}"#, expected: [1, 4]),
    // Not closed, and the other way round.
    Case(type: "Polygon", geometry: #"{"rings":[[[10,10],[90,190],[10,190]]]}"#, expected: [1, 4]),
    // A hole around the middle column, and an island in it.
    Case(
      type: "Polygon",
      geometry:
        #"{"rings":[[[-50,-50],[-50,250],[350,250],[350,-50],[-50,-50]],[[99,-20],[201,-20],[201,220],[99,220],[99,-20]]]}"#,
      expected: [1, 3, 4, 6]),
    Case(
      type: "Polygon",
      geometry:
        #"{"rings":[[[-50,-50],[-50,250],[350,250],[350,-50],[-50,-50]],[[99,-20],[201,-20],[201,220],[99,220],[99,-20]],[[140,40],[140,60],[160,60],[140,40]]]}"#,
      expected: [1, 2, 3, 4, 6]),
    Case(type: "Envelope", geometry: "0,0,200,100", relation: "Contains", expected: [1, 2]),
    Case(type: "Envelope", geometry: "110,10,120,20", relation: "Within", expected: [2]),
    Case(type: "Envelope", geometry: "100,0,200,100", relation: "Within", expected: [2]),
    Case(type: "Point", geometry: "100,50", relation: "Within", expected: []),
    Case(type: "Envelope", geometry: "50,50,150,60", relation: "Overlaps", expected: [1, 2]),
    Case(type: "Envelope", geometry: "0,0,100,100", relation: "Overlaps", expected: []),
    Case(type: "Envelope", geometry: "0,0,100,100", relation: "Touches", expected: [2, 4, 5]),
    Case(type: "Point", geometry: "100,50", relation: "Touches", expected: [1, 2]),
    Case(type: "Polyline", geometry: #"{"paths":[[[-50,50],[150,50]]]}"#, relation: "Crosses", expected: [1, 2]),
    Case(type: "Polyline", geometry: #"{"paths":[[[10,50],[20,50]]]}"#, relation: "Crosses", expected: []),
    Case(type: "Polyline", geometry: #"{"paths":[[[100,-50],[100,50]]]}"#, relation: "Touches", expected: [1, 2]),
    Case(
      type: "Polygon", geometry: #"{"rings":[[[10,10],[10,190],[90,190],[10,10]]]}"#, relation: "Crosses", expected: []),
    // The triangle's envelope meets what the triangle does not.
    Case(type: "Polygon", geometry: #"{"rings":[[[-50,60],[-50,260],[150,260],[-50,60]]]}"#, expected: [4]),
    Case(
      type: "Polygon", geometry: #"{"rings":[[[-50,60],[-50,260],[150,260],[-50,60]]]}"#,
      relation: "EnvelopeIntersects",
      expected: [1, 2, 4, 5]),
    Case(
      type: "Polygon", geometry: #"{"rings":[[[-50,60],[-50,260],[150,260],[-50,60]]]}"#, relation: "IndexIntersects",
      expected: [1, 2, 4, 5]),
    Case(type: "Envelope", geometry: "50,50,150,60", relation: "Relation", expected: [1, 2], pattern: "T********"),
    Case(type: "Envelope", geometry: "0,0,100,100", relation: "Relation", expected: [2, 4, 5], pattern: "FF*FT****"),
    Case(type: "Envelope", geometry: "0,0,100,100", relation: "Relation", expected: [3, 6], pattern: "FF*FF****"),
    Case(type: "Envelope", geometry: "0,0,100,100", relation: "Relation", expected: [1], pattern: "t*f**fff*"),
  ]

  @Test("relations to the tiles are those of the drawing", arguments: cases)
  func relations(_ example: Case) throws { #expect(try ids(example.parameters) == example.expected) }

  @Test("a condition and a place both have to hold")
  func both() throws {
    #expect(try ids(["geometry": "50,50,150,150", "where": "Clouds = 10"]) == [2, 4])
    #expect(
      try ids(["geometry": "0,0,100,100", "spatialRel": "esriSpatialRelTouches", "where": "Clouds = 10"]) == [2, 4])
  }

  @Test("the reference of a geometry is its own, else inSR, else the service's")
  func references() throws {
    // 250 and 150 metres on the sphere, in degrees.
    let degrees = "0.0022457882,0.0013474729"
    #expect(try ids(["geometry": degrees, "geometryType": "esriGeometryPoint", "inSR": "4326"]) == [6])
    #expect(
      try ids([
        "geometry": #"{"x":0.0022457882,"y":0.0013474729,"spatialReference":{"wkid":4326}}"#,
        "geometryType": "esriGeometryPoint", "inSR": "3857",
      ]) == [6])
    #expect(try ids(["geometry": degrees, "geometryType": "esriGeometryPoint"]) == [1])
    #expect(
      try ids(["geometry": "250,150", "geometryType": "esriGeometryPoint", "inSR": #"{"wkid":102100}"#]) == [6])
  }

  @Test("a polygon in degrees meets the footprints that OGR finds, its edges curved")
  func zone() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<12 {
      let center = (
        Double.random(in: 12.5...17.5, using: &generator), Double.random(in: 45.3...48.5, using: &generator)
      )
      // A triangle with sides of up to some degrees.
      let corners = (0..<3).map { _ in
        (
          center.0 + Double.random(in: -3...3, using: &generator),
          center.1 + Double.random(in: -2...2, using: &generator)
        )
      }
      let points = (corners + [corners[0]]).map { "[\($0.0),\($0.1)]" }.joined(separator: ",")
      let wkt = (corners + [corners[0]]).map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      for relation in ["Intersects", "Contains", "Overlaps", "Within"] {
        let expected = try GDAL.shared.run(
          """
          from osgeo import ogr
          here, there = osr.SpatialReference(), osr.SpatialReference()
          here.ImportFromEPSG(4326); there.ImportFromEPSG(32633)
          for s in (here, there): s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
          shape = ogr.CreateGeometryFromWkt('POLYGON ((\(wkt)))')
          shape.Segmentize(0.01)
          shape.Transform(osr.CoordinateTransformation(here, there))
          found = []
          for i in range(60):
              d = gdal.Open('Zone.ImageServer/%02d.tif' % i)
              g = d.GetGeoTransform()
              x0, y1, x1, y0 = g[0], g[3], g[0] + 4 * g[1], g[3] + 4 * g[5]
              box = ogr.CreateGeometryFromWkt('POLYGON ((%f %f, %f %f, %f %f, %f %f, %f %f))' % (x0, y0, x0, y1, x1, y1, x1, y0, x0, y0))
              if shape.\(relation)(box): found.append(i + 1)
          give(np.array([found or [0]]))
          """, in: try #require(DataFolder.current))[0].samples.map { Int($0) }
        let found = try ids(
          [
            "geometry": "{\"rings\":[[\(points)]]}", "geometryType": "esriGeometryPolygon", "inSR": "4326",
            "spatialRel": "esriSpatialRel\(relation)",
          ], of: "Zone")
        #expect(found == expected.filter { $0 > 0 }, "\(relation) \(points)")
      }
    }
  }

  @Test("around the pole, and over the antimeridian, the relation holds in the geometry's own reference")
  func pole() throws {
    // Sectors of 10 degrees from 60 degrees north to the pole, the first from 180 to 170 degrees west; in EPSG:3995 the
    // longitude 0 points down.
    #expect(try ids(["geometry": "-100000,-100000,100000,100000", "inSR": "3995"], of: "Globe") == Array(1...36))
    // Up, along 180 degrees: 10,000 m to both sides at 1,000,000 m are 0.6 degrees: the first and the last sector.
    #expect(try ids(["geometry": "-10000,1000000,10000,1010000", "inSR": "3995"], of: "Globe") == [1, 36])
    // Down, along 0 degrees.
    #expect(try ids(["geometry": "-10000,-1010000,10000,-1000000", "inSR": "3995"], of: "Globe") == [18, 19])
  }

  @Test("outSR projects footprints: corners as OGR does, edges along the curve")
  func outSR() throws {
    let answer = try query(["outSR": "4326", "outFields": "OBJECTID", "where": "OBJECTID <= 5"], of: "Zone").json
    #expect(answer["spatialReference"] == ["wkid": 4326, "latestWkid": 4326])
    for feature in try #require(answer["features"]?.array) {
      let id = try #require(feature["attributes"]?["OBJECTID"]?.integer)
      let ring = try #require(
        feature["geometry"]?["rings"]?[0]?.array?.map { [$0[0]?.number ?? 0, $0[1]?.number ?? 0] })
      let text = ring.map { "\($0[0]) \($0[1])" }.joined(separator: ", ")
      let measured = try GDAL.shared.run(
        """
        from osgeo import ogr
        here, there = osr.SpatialReference(), osr.SpatialReference()
        here.ImportFromEPSG(32633); there.ImportFromEPSG(4326)
        for s in (here, there): s.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        d = gdal.Open('Zone.ImageServer/%02d.tif' % (\(id) - 1))
        g = d.GetGeoTransform()
        x0, y1, x1, y0 = g[0], g[3], g[0] + 4 * g[1], g[3] + 4 * g[5]
        box = ogr.CreateGeometryFromWkt('POLYGON ((%f %f, %f %f, %f %f, %f %f, %f %f))' % (x0, y0, x0, y1, x1, y1, x1, y0, x0, y0))
        box.Segmentize((x1 - x0) / 200)
        box.Transform(osr.CoordinateTransformation(here, there))
        ours = ogr.CreateGeometryFromWkt('POLYGON ((\(text)))')
        e = box.GetEnvelope()
        size = max(e[1] - e[0], e[3] - e[2])
        corners = [box.GetGeometryRef(0).GetPoint(0)]
        points = [ours.GetGeometryRef(0).GetPoint(i)[:2] for i in range(ours.GetGeometryRef(0).GetPointCount())]
        near = min(max(abs(a - b) for a, b in zip(corners[0], p)) for p in points)
        p = np.array(points)
        turn = np.sum(p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1])
        give(np.array([[box.SymDifference(ours).Area() / box.Area(), near, turn < 0]]))
        """, in: try #require(DataFolder.current))[0].samples
      #expect(measured[0] < 2e-4 && measured[1] < 1e-9 && measured[2] == 1, "\(id): \(measured)")
    }
    // The pole has no place in Web Mercator: the footprint ends where ArcGIS's own map does.
    let mercator = try query(["outSR": "102100", "objectIds": "1"], of: "Globe").json
    #expect(mercator["spatialReference"]?["wkid"] == 102100)
    let rings = try #require(mercator["features"]?[0]?["geometry"]?["rings"]?[0]?.array)
    #expect(rings.count == 5 && rings.allSatisfy { abs($0[1]?.number ?? .infinity) < 30_240_972 })
  }

  @Test("geometryPrecision rounds, maxAllowableOffset thins")
  func precision() throws {
    let asked: Parameters = ["outSR": "3035", "objectIds": "1"]
    func ring(_ more: Parameters) throws -> [JSON] {
      try query(asked + more, of: "Zone").json["features"]?[0]?["geometry"]?["rings"]?[0]?.array ?? []
    }
    let fine = try ring([:])
    let rounded = try ring(["geometryPrecision": "1"])
    #expect(fine.count == rounded.count && fine != rounded)
    for (left, right) in zip(fine, rounded) {
      let (exact, short) = (left[0]?.number ?? 0, right[0]?.number ?? 0)
      #expect(abs(exact - short) <= 0.05000001 && (short * 10 - (short * 10).rounded()).magnitude < 1e-6)
    }
    #expect(
      try ring(["geometryPrecision": "0"]).allSatisfy {
        if case .int = $0[0] { true } else { $0[0]?.number == $0[0]?.number?.rounded() }
      })
    #expect(try ring(["maxAllowableOffset": "1000000"]).count == 5)
    #expect(try ring(["maxAllowableOffset": "0.5"]).count > 5)
  }

  static let refused = [
    ("Polygon", #"{"rings":[]}"#), ("Polygon", #"{"rings":[[]]}"#), ("Polygon", #"{"rings":[[[0,0],[1,1]]]}"#),
    ("Polygon", #"{"rings":[[[0,0],[1,null],[2,2]]]}"#), ("Polygon", #"{"rings":[[[0,0],[1,"NaN"],[2,2]]]}"#),
    ("Polygon", #"{"rings":[[[0,0],[1,1e400],[2,2]]]}"#), ("Polygon", #"{"rings":[[[0,0],[1,1e16],[2,2]]]}"#),
    ("Polygon", #"{"rings":[[[0,0],[1],[2,2]]]}"#), ("Polygon", #"{"rings":[[0,1,2]]}"#), ("Polygon", #"{"rings":7}"#),
    ("Polygon", #"{"paths":[[[0,0],[1,1]]]}"#), ("Polygon", "0,0,1,1"),
    ("Polygon", #"{"curveRings":[[[0,0],{"c":[[3,3],[1,4]]}]]}"#),
    ("Polyline", #"{"paths":[[[0,0]]]}"#), ("Polyline", #"{"rings":[[[0,0],[1,1],[2,2]]]}"#),
    ("Multipoint", #"{"points":[]}"#),
    ("Multipoint", "1,2"), ("Point", "1"), ("Point", "1,2,3"), ("Point", "NaN,NaN"),
    ("Point", #"{"x":"NaN","y":"NaN"}"#),
    ("Point", #"{"x":null,"y":1}"#), ("Point", #"{"x":inf,"y":1}"#), ("Envelope", "1,2,3"), ("Envelope", "1,2"),
    ("Envelope", #"{"xmin":0,"ymin":0,"xmax":1}"#), ("Envelope", #"{"x":1,"y":2}"#), ("Envelope", "[1,2,3,4]"),
    ("Envelope", #"{"xmin":"NaN","ymin":"NaN","xmax":"NaN","ymax":"NaN"}"#),
    ("Point", #"{"x":1,"y":2,"spatialReference":{"wkid":1}}"#),
    ("Polygon", String(repeating: "[", count: 1000)), ("Polygon", "{\"rings\":" + String(repeating: "[", count: 1000)),
    ("Polygon", "{"), ("Point", "{}"), ("", "nonsense"),
  ]

  @Test("what is no geometry of its type is refused", arguments: refused)
  func refusals(_ type: String, _ geometry: String) throws {
    let answer = try query(
      ["geometry": geometry] + (type.isEmpty ? [:] : ["geometryType": "esriGeometry\(type)"]), post: true)
    #expect(answer.detail == "'geometry' parameter is invalid.", "\(answer.text.prefix(200))")
    #expect(answer["X-Mock-ArcGIS-Hint"]?.hasPrefix("geometry: expected ") == true)
  }

  @Test("types and relations that are not known are refused")
  func unknownWords() throws {
    #expect(
      try query(["geometry": "1,2", "geometryType": "esriGeometryBag"]).detail == "'geometryType' parameter is invalid."
    )
    #expect(try query(["geometry": "1,2,3,4", "spatialRel": "near"]).detail == "'spatialRel' parameter is invalid.")
    for pattern in ["", "T", "XXXXXXXXX"] {
      #expect(
        try query(["geometry": "1,2,3,4", "spatialRel": "esriSpatialRelRelation", "relationParam": pattern]).detail
          == "'relationParam' parameter is invalid.")
    }
    #expect(
      try query(["geometry": "500,95", "geometryType": "esriGeometryPoint", "inSR": "4326"]).json["error"] != nil)
  }

  @Test("a hundred thousand points are read, more are refused, and a tangle is too")
  func large() throws {
    func polygon(_ count: Int) -> String {
      // A saw along the lower edge of the tiles, teeth 10 high.
      let points = (0..<count - 3).map { "[\($0 * 3 % 300),\($0 % 2 * 10)]" }
      return "{\"points\":[\((points + ["[1,1]", "[1,1]", "[1,1]"]).joined(separator: ","))]}"
    }
    #expect(try ids(["geometry": polygon(100_000), "geometryType": "esriGeometryMultipoint"]) == [1, 2, 3])
    let more = try query(["geometry": polygon(100_001), "geometryType": "esriGeometryMultipoint"], post: true)
    #expect(more.detail == "'geometry' parameter is invalid." && more["X-Mock-ArcGIS-Hint"]?.contains("100000") == true)
    var generator = SeededGenerator(seed: 2)
    let points = (0..<50_000).map { _ in
      "[\(Int.random(in: 0...9999, using: &generator)),\(Int.random(in: 0...9999, using: &generator))]"
    }
    let tangle = try query(
      ["geometry": "{\"rings\":[[\(points.joined(separator: ","))]]}", "geometryType": "esriGeometryPolygon"],
      post: true)
    #expect(tangle.detail == "'geometry' parameter is invalid.")
    #expect(tangle["X-Mock-ArcGIS-Hint"]?.contains("crosses itself too often") == true)
  }
}
