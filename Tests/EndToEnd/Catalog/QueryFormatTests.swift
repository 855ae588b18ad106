import JSONValue
import Testing

@Suite("query answers as JSON, GeoJSON, KMZ and pages", .serving(Tiles.script))
struct QueryFormatTests {
  @Test("GeoJSON is that of RFC 7946: WGS 84, outer rings counter-clockwise, ids and properties")
  func geoJSON() throws {
    let answer = try server().get(
      "Tiles/ImageServer/query", ["outFields": "Name,Acquired", "f": "geojson", "outSR": "3857"])
    #expect(answer.mediaType == "application/geo+json")
    let json = answer.json
    #expect(json["type"] == "FeatureCollection" && json["exceededTransferLimit"] == true && json["crs"] == nil)
    let features = try #require(json["features"]?.array)
    #expect(features.map { $0["id"] } == [1, 2, 3, 4] && features.allSatisfy { $0["type"] == "Feature" })
    #expect(features[0]["properties"] == ["Name": "A", "Acquired": 1_262_304_000_000])
    #expect(features[3]["properties"] == ["Name": "D", "Acquired": nil])
    for feature in features {
      #expect(feature["geometry"]?["type"] == "Polygon")
      let ring = try #require(feature["geometry"]?["coordinates"]?[0]?.array).map {
        ($0[0]?.number ?? 0, $0[1]?.number ?? 0)
      }
      #expect(ring.count == 5 && ring[0] == ring[4])
      let area = zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.0 * $1.1.1 - $1.1.0 * $1.0.1 }
      #expect(area > 0)
      // 300 m are less than 0.003 degrees.
      #expect(ring.allSatisfy { (0...0.003).contains($0.0) && (0...0.003).contains($0.1) })
    }
    #expect(
      try server().get("Tiles/ImageServer/query", ["f": "geojson", "returnGeometry": "false"]).json["features"]?[0]?[
        "geometry"] == .null)
    #expect(
      try server().get("Tiles/ImageServer/query", ["f": "geojson", "returnCountOnly": "true"]).json == ["count": 6])
    let error = try server().get("Tiles/ImageServer/query", ["f": "geojson", "where": "("])
    #expect(error.json["error"]?["code"] == 400 && error.mediaType == "application/json")
  }

  @Test("GDAL reads the GeoJSON")
  func geoJSONByGDAL() throws {
    let read = try GDAL.shared.run(
      """
      from osgeo import ogr
      d = ogr.Open('http://127.0.0.1:\(try server().port)/arcgis/rest/services/Tiles/ImageServer/query?f=geojson&outFields=*&where=OBJECTID%3C5')
      l = d.GetLayer(0)
      assert d.GetDriver().GetName() == 'GeoJSON' and l.GetSpatialRef().GetAuthorityCode(None) == '4326'
      give(np.array([[f.GetFID(), f['Clouds'], *f.GetGeometryRef().GetEnvelope()] for f in l]))
      """, in: try #require(DataFolder.current))[0]
    #expect(read.height == 4 && read[0, 0] == 1 && read[0, 3] == 4 && read[1, 0] == 30)
    // 100 / 6378137 radians.
    #expect(abs((read[3, 0] ?? 0) - 100 / 6_378_137.0 * 180 / Double.pi) < 1e-12)
  }

  @Test("KMZ holds a placemark a raster, its fields and its outline in degrees")
  func kmz() throws {
    let answer = try server().get(
      "Tiles/ImageServer/query", ["f": "kmz", "outFields": "Name,GroupName", "objectIds": "4"])
    #expect(answer.mediaType == "application/vnd.google-earth.kmz")
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "query.kmz")
    let read = try GDAL.shared.run(
      """
      import zipfile, xml.etree.ElementTree as tree
      z = zipfile.ZipFile('query.kmz')
      assert z.testzip() is None and z.namelist() == ['doc.kml']
      k = '{http://www.opengis.net/kml/2.2}'
      marks = tree.fromstring(z.read('doc.kml')).findall('.//%sPlacemark' % k)
      assert len(marks) == 1 and marks[0].find(k + 'name').text == 'D'
      data = {d.get('name'): d.find(k + 'value').text for d in marks[0].iter(k + 'Data')}
      assert data == {'Name': 'D', 'GroupName': '<b>'}, data
      give(np.array([p.split(',') for p in marks[0].find('.//%scoordinates' % k).text.split()]).astype(float))
      """, in: folder)[0]
    #expect(read.height == 5 && read.width == 2)
    #expect(abs((read.samples.max() ?? 0) - 200 / 6_378_137.0 * 180 / Double.pi) < 1e-9)
  }

  @Test("the page without parameters is a form with a field for every parameter of the release")
  func form() throws {
    let page = try server().get("Tiles/ImageServer/query").text
    let names = page.split(separator: " name=\"").dropFirst().compactMap {
      $0.split(separator: "\"").first.map(String.init)
    }.filter { $0 != "viewport" }
    #expect(
      names == [
        "where", "objectIds", "time", "geometry", "geometryType", "inSR", "spatialRel", "relationParam", "outFields",
        "returnGeometry", "outSR", "returnIdsOnly", "returnCountOnly", "returnExtentOnly", "pixelSize", "orderByFields",
        "groupByFieldsForStatistics", "outStatistics", "returnDistinctValues", "resultOffset", "resultRecordCount",
        "geometryPrecision", "maxAllowableOffset", "returnTrueCurves", "multidimensionalDefinition", "rasterQuery", "f",
      ])
    #expect(page.contains("Query (Tiles)") && page.contains("method=\"get\"") && page.contains("formmethod=\"post\""))
    #expect(page.contains("GeoJSON") && page.contains("esriSpatialRelTouches"))
  }

  @Test("the form, sent as it is with a condition, shows a table whose ids lead to the rasters")
  func table() throws {
    let page = try server().get("Tiles/ImageServer/query").text
    var form: Parameters = ["where": "Clouds = 10", "outFields": "*", "f": "html"]
    for name in page.split(separator: " name=\"").dropFirst().compactMap({
      $0.split(separator: "\"").first.map(String.init)
    })
    where !["where", "outFields", "f"].contains(name) { form.pairs.append((name, "")) }
    for answer in [
      try server().get("Tiles/ImageServer/query", form), try server().post("Tiles/ImageServer/query", form),
    ] {
      #expect(answer.mediaType == "text/html")
      #expect(answer.text.contains("<th>Clouds</th>") && answer.text.contains("<td>B</td>"))
      #expect(answer.text.contains("&lt;b&gt;") && !answer.text.contains("<b>"))
      for id in [2, 4] {
        #expect(DirectoryPageTests.addresses(answer.text).contains("/arcgis/rest/services/Tiles/ImageServer/\(id)"))
      }
      #expect(!answer.text.contains("<td>A</td>"))
    }
    let ids = try server().get(
      "Tiles/ImageServer/query", ["where": "Clouds = 10", "returnIdsOnly": "true", "f": "html"])
    #expect(ids.text.contains("2, 4"))
    let error = try server().get("Tiles/ImageServer/query", ["where": "(", "f": "html"]).text
    #expect(error.contains("Unable to perform query operation.") && error.contains("Code: 400"))
  }

  @Test("pjson and JSONP are the same object")
  func prettyAndCallback() throws {
    let plain = try query(["objectIds": "1"])
    #expect(try server().get("Tiles/ImageServer/query", ["objectIds": "1", "f": "pjson"]).json == plain.json)
    #expect(try query(["objectIds": "1", "callback": "cb"]).text == "cb(\(plain.text));")
  }

  @Test("the root as KMZ is a link that draws what is looked at")
  func rootKMZ() throws {
    let answer = try server().get("Tiles/ImageServer", ["f": "kmz"])
    #expect(answer.mediaType == "application/vnd.google-earth.kmz")
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "root.kmz")
    // What Google Earth makes of the link, fetched: a picture where the rasters are.
    try GDAL.shared.run(
      """
      import zipfile, urllib.request, io, xml.etree.ElementTree as tree
      k = '{http://www.opengis.net/kml/2.2}'
      link = tree.fromstring(zipfile.ZipFile('root.kmz').read('doc.kml')).find('.//%sLink' % k)
      view = link.find(k + 'viewFormat').text
      for name, value in (('West', '0'), ('South', '0'), ('East', '0.0026'), ('North', '0.0017')):
          view = view.replace('[bbox%s]' % name, value)
      inner = zipfile.ZipFile(io.BytesIO(urllib.request.urlopen(link.find(k + 'href').text + '&' + view).read()))
      assert 'overlay.png' in inner.namelist(), inner.namelist()
      box = tree.fromstring(inner.read('doc.kml')).find('.//%sLatLonBox' % k)
      assert float(box.find(k + 'east').text) == 0.0026 and float(box.find(k + 'south').text) == 0
      """, in: folder)
    #expect(try server().get("Tiles/ImageServer", ["f": "lyr"]).json["error"]?["code"] == 400)
  }
}
