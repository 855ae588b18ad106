import JSONValue
import Testing

@Suite("Clients of query get what they ask for", .serving(Tiles.script))
struct QueryClientTests {
  @Test("GDAL's ESRIJSON driver reads the catalog page by page")
  func esriJSON() throws {
    let read = try GDAL.shared.run(
      """
      from osgeo import ogr
      d = ogr.Open('http://127.0.0.1:\(try server().port)/arcgis/rest/services/Tiles/ImageServer/query?where=1%3D1&outFields=*&f=json')
      l = d.GetLayer(0)
      assert d.GetDriver().GetName() == 'ESRIJSON' and l.GetGeomType() == ogr.wkbPolygon
      assert l.GetSpatialRef().GetAuthorityCode(None) in ('3857', '102100')
      names = [l.GetLayerDefn().GetFieldDefn(i).GetName() for i in range(l.GetLayerDefn().GetFieldCount())]
      assert names[:3] == ['OBJECTID', 'Name', 'MinPS'] and names[-1] == 'Sensor', names
      rows = [[f.GetFID(), f['Clouds'] if f.IsFieldSetAndNotNull('Clouds') else -1, f.GetGeometryRef().Area(),
               *f.GetGeometryRef().GetEnvelope()] for f in l]
      give(np.array(rows))
      """, in: try #require(DataFolder.current))[0]
    // More than maxRecordCount, which is 4: the driver asks again while exceededTransferLimit says so.
    #expect(read.height == 6)
    for row in 0..<6 {
      let (x, y) = (Double(row % 3) * 100, Double(row / 3) * 100)
      #expect(
        (0..<7).map { read[$0, row] } == [
          Double(row + 1), [30, 10, 20, 10, 25, -1][row], 10_000, x, x + 100, y, y + 100,
        ])
    }
  }

  @Test("esridump's requests: the root, the count, the pages by offset or by ids between the least and the greatest")
  func esridump() throws {
    let root = try server().get("Tiles/ImageServer", ["f": "json"]).json
    #expect(root["maxRecordCount"] == 4 && root["objectIdField"] == "OBJECTID")
    #expect(root["advancedQueryCapabilities"]?["supportsPagination"] == true && root["supportsStatistics"] == true)
    #expect(try query(["where": "1=1", "returnCountOnly": "true"]).json == ["count": 6])
    let page = try query(
      [
        "resultOffset": "4", "resultRecordCount": "4", "where": "1=1", "geometryPrecision": "7",
        "returnGeometry": "True",
        "outSR": "4326", "outFields": "*",
      ], post: true)
    #expect(page.json["features"]?.array?.count == 2)
    let extremes = try query([
      "outFields": "",
      "outStatistics":
        #"[{"statisticType":"min","onStatisticField":"OBJECTID","outStatisticFieldName":"THE_MIN"},{"statisticType":"max","onStatisticField":"OBJECTID","outStatisticFieldName":"THE_MAX"}]"#,
    ])
    // One feature with the two numbers and nothing else.
    #expect(extremes.json["features"] == [["attributes": ["THE_MIN": 1, "THE_MAX": 6]]])
    #expect(
      try query(["where": "OBJECTID = 1 OR OBJECTID = 6", "returnIdsOnly": "true"]).json["objectIds"] == [1, 6])
    let between = try query(
      [
        "where": "OBJECTID > 0 AND OBJECTID <= 4", "geometryPrecision": "7", "returnGeometry": "True", "outSR": "4326",
        "outFields": "*",
      ], post: true)
    let ring = try #require(between.json["features"]?[1]?["geometry"]?["rings"]?[0]?.array)
    // 100 m and 200 m in degrees, seven digits.
    #expect(
      ring == [
        [.double(0.0008983), 0], [.double(0.0008983), .double(0.0008983)], [.double(0.0017966), .double(0.0008983)],
        [.double(0.0017966), 0], [.double(0.0008983), 0],
      ])
    let bounded = try query([
      "geometry": #"{"xmin": 0, "ymin": 0, "xmax": 150.0, "ymax": 50.0}"#, "geometryType": "esriGeometryEnvelope",
      "spatialRel": "esriSpatialRelIntersects", "returnCountOnly": "false", "returnIdsOnly": "false",
      "returnGeometry": "True", "outSR": "4326", "outFields": "*",
    ])
    #expect(bounded.json["features"]?.array?.count == 2)
  }

  @Test("the ArcGIS API for Python's requests: features, ids, counts, with a geometry of its own reference")
  func arcgisPython() throws {
    let features = try query(
      [
        "where": "1=1", "outFields": "*", "returnGeometry": "True", "returnIdsOnly": "False",
        "returnCountOnly": "False",
        "returnExtentOnly": "False", "outSR": #"{"wkid": 4326}"#,
        "geometry":
          #"{"xmin": 10, "ymin": 10, "xmax": 20, "ymax": 20, "spatialReference": {"wkid": 102100, "latestWkid": 3857}}"#,
        "geometryType": "esriGeometryEnvelope", "spatialRel": "esriSpatialRelIntersects", "inSR": #"{"wkid": 102100}"#,
      ], post: true
    ).json
    #expect(features["features"]?.array?.count == 1 && features["objectIdFieldName"] == "OBJECTID")
    #expect(features["fields"]?.array?.isEmpty == false && features["spatialReference"]?["wkid"] == 4326)
    #expect(try query(["where": "Name='A'", "returnIdsOnly": "True"], post: true).json["objectIds"] == [1])
    #expect(try query(["where": "Name='A'", "returnCountOnly": "True"], post: true).json["count"] == 1)
    // A catalog item, and what hangs below it.
    for path in ["1", "1/info", "1/info/keyProperties", "1/info/histograms"] {
      #expect(try server().get("Tiles/ImageServer/\(path)", ["f": "json"]).json["error"] == nil, "\(path)")
    }
    let filtered = try server().post(
      "Tiles/ImageServer/exportImage",
      [
        "bbox": "0,0,300,200", "size": "30,20", "f": "json",
        "mosaicRule":
          #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[2],"ascending":true,"mosaicOperation":"MT_FIRST"}"#,
      ])
    #expect(filtered.json["width"] == 30)
  }

  @Test("restapi's requests: pages of object ids, in pretty JSON, fields by POST")
  func restapi() throws {
    let found = try server().post(
      "Tiles/ImageServer/query", ["where": "1=1", "returnIdsOnly": "true", "f": "pjson", "token": ""])
    #expect(found.json["objectIds"]?.array?.count == 6)
    let some = try server().post(
      "Tiles/ImageServer/query",
      [
        "objectIds": "1,2,3", "outFields": "OBJECTID,Name", "returnGeometry": "true", "f": "json", "where": "1=1",
        "returnZ": "false", "returnM": "false",
      ])
    #expect(some.json["features"]?.array?.count == 3)
  }
}
