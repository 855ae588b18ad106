import Foundation
import JSONValue
import Testing

@Suite(
  "DownloadRaster",
  .serving(
    """
    r = np.random.RandomState(3)
    write('Dem.tif', r.randint(-500, 4000, (300, 400)).astype(np.int16), (500000, 6000000, 504000, 6003000), 'EPSG:32633', nodata=-9999)
    write('Photo.ImageServer/a.tif', r.randint(1, 255, (3, 200, 200)).astype(np.uint8), (0, 0, 2000, 2000), 'EPSG:3857')
    write('Photo.ImageServer/b.tif', r.randint(1, 255, (3, 200, 200)).astype(np.uint8), (1500, 500, 3500, 2500), 'EPSG:3857')
    write('Private.tif', r.randint(1, 255, (20, 20)).astype(np.uint8), (0, 0, 20, 20), 'EPSG:3857')
    open('Private.service.json', 'w').write('{"capabilities": "Image,Metadata"}')
    open('Dem.service.json', 'w').write('{"portalItemId": "0123456789abcdef0123456789abcdef"}')
    """))
struct DownloadRasterTests {
  func input(_ service: String) throws -> String { "{\"url\":\"\(try server().address(service))\"}" }

  @Test("all of a service, without clipping, has its own pixels, type, place and nodata value")
  func whole() throws {
    let files = try server().download(["inputImageLayer": try input("Dem")])
    try #require(files.count == 1)
    #expect(files[0].mediaType == "image/tiff")
    let folder = try TemporaryFolder()
    try folder.write(files[0].body, to: "a.tif")
    let pair = try GDAL.shared.run(
      """
      a, b = gdal.Open('a.tif'), gdal.Open('\(try dataFile("Dem.tif"))')
      assert a.GetGeoTransform() == b.GetGeoTransform(), a.GetGeoTransform()
      assert a.GetSpatialRef().IsSame(b.GetSpatialRef()) and a.GetRasterBand(1).DataType == gdal.GDT_Int16
      assert a.GetRasterBand(1).GetNoDataValue() == -9999
      give(a.ReadAsArray()); give(b.ReadAsArray())
      """, in: folder)
    #expect(pair[0] == pair[1])
  }

  @Test(
    "the pixels are those that exportImage gives for the same window at the service's resolution",
    arguments: [
      ("NEAREST", "RSP_NearestNeighbor"), ("BILINEAR", "RSP_BilinearInterpolation"), ("CUBIC", "RSP_CubicConvolution"),
    ])
  func window(_ method: String, _ interpolation: String) throws {
    // The box, out to the edges of pixels of 10 m: 1,120 to 2,390 and 330 to 1,710.
    let box =
      "{\"extent\":{\"xmin\":1123,\"ymin\":337,\"xmax\":2388,\"ymax\":1703,\"spatialReference\":{\"wkid\":3857}}}"
    let file = try server().download([
      "inputImageLayer": try input("Photo"), "clipSetting": box, "context": "{\"resamplingMethod\":\"\(method)\"}",
    ])[0]
    let downloaded = try GDAL.shared.read(file.body)
    #expect(downloaded.width == 127 && downloaded.height == 138)
    let picture = try server().get(
      "Photo/ImageServer/exportImage",
      [
        "bbox": "1120,330,2390,1710", "size": "127,138", "format": "tiff", "f": "image",
        "interpolation": interpolation,
      ])
    #expect(downloaded == (try GDAL.shared.read(picture.body)))
  }

  @Test("a polygon in another spatial reference keeps the pixels whose centres lie in it")
  func polygon() throws {
    let file = try server().download([
      "inputImageLayer": try input("Dem"),
      "clipSetting":
        "{\"Geometry\":{\"rings\":[\(ringAroundDem)],\"spatialReference\":{\"wkid\":4326}}}",
    ])[0]
    let folder = try TemporaryFolder()
    try folder.write(file.body, to: "a.tif")
    let pair = try GDAL.shared.run(
      """
      from osgeo import ogr
      d = gdal.Open('a.tif'); g = d.GetGeoTransform(); band = d.GetRasterBand(1)
      give(d.ReadAsArray(), d.ReadAsArray() != -9999)
      here, there = osr.SpatialReference(), d.GetSpatialRef()
      here.ImportFromEPSG(4326)
      for r in (here, there): r.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
      ring = ogr.CreateGeometryFromWkt('POLYGON((\(ringText)))'); ring.Segmentize(0.00002); ring.AssignSpatialReference(here)
      ring.TransformTo(there)
      m = gdal.GetDriverByName('MEM').Create('', d.RasterXSize, d.RasterYSize, 1); m.SetGeoTransform(g); m.SetProjection(there.ExportToWkt())
      v = ogr.GetDriverByName('Memory').CreateDataSource(''); l = v.CreateLayer('', there); f = ogr.Feature(l.GetLayerDefn()); f.SetGeometry(ring); l.CreateFeature(f)
      gdal.RasterizeLayer(m, [1], l, burn_values=[1])
      inside = m.ReadAsArray() != 0
      s = gdal.Open('\(try dataFile("Dem.tif"))'); t = s.GetGeoTransform()
      x, y = round((g[0] - t[0]) / 10), round((t[3] - g[3]) / 10)
      a = s.ReadAsArray(x, y, d.RasterXSize, d.RasterYSize)
      give(np.where(inside, a, -9999), inside & (a != -9999))
      """, in: folder)
    #expect(pair[0].isData == pair[1].isData)
    #expect(pair[0].samples == pair[1].samples)
    #expect(pair[0].data.count > 1000 && pair[0].data.count < pair[0].samples.count)
  }

  /// A triangle with a notch, in degrees, well within the elevations.
  static let corners = [
    (15.005, 54.148), (15.02, 54.165), (15.0307, 54.1502), (15.0503, 54.1683), (15.0551, 54.1493), (15.005, 54.148),
  ]
  var ringAroundDem: String { "[" + Self.corners.map { "[\($0.0),\($0.1)]" }.joined(separator: ",") + "]" }
  var ringText: String { Self.corners.map { "\($0.0) \($0.1)" }.joined(separator: ",") }

  @Test("cell size and output spatial reference of the context are kept, with gdalwarp's pixels")
  func context() throws {
    let file = try server().download([
      "inputImageLayer": try input("Dem"),
      "context": "{\"outSR\":{\"wkid\":3035},\"cellSize\":{\"x\":25,\"y\":25},\"ResamplingMethod\":\"NEAREST\"}",
    ])[0]
    let folder = try TemporaryFolder()
    try folder.write(file.body, to: "a.tif")
    let pair = try GDAL.shared.run(
      """
      d = gdal.Open('a.tif'); g = d.GetGeoTransform()
      assert g[1] == 25 and g[5] == -25 and d.GetSpatialRef().GetAuthorityCode(None) == '3035'
      extent = (g[0], g[3] - 25 * d.RasterYSize, g[0] + 25 * d.RasterXSize, g[3])
      a = d.ReadAsArray()
      s = settled('\(try dataFile("Dem.tif"))', extent, (d.RasterXSize, d.RasterYSize), 'EPSG:3035')
      b, v = warp('\(try dataFile("Dem.tif"))', extent, (d.RasterXSize, d.RasterYSize), 'EPSG:3035', 'near')
      b = np.where(v[0], b[0], -9999)
      give(np.where(s, a, 0)); give(np.where(s, b, 0))
      """, in: folder)
    #expect(pair[0] == pair[1])
    #expect(Set(pair[0].samples).count > 1000)
  }

  @Test(
    "services are named by item, items, address, addresses and path; items go first, and several give several files")
  func inputs() throws {
    let item = "0123456789abcdef0123456789abcdef"
    let (dem, photo) = (try server().address("Dem"), try server().address("Photo"))
    for (input, sizes) in [
      ("{\"itemId\":\"\(item)\",\"url\":\"\(photo)\"}", [400]),
      ("{\"itemIds\":[\"\(item)\",\"\(item)\"]}", [400, 400]),
      ("{\"urls\":[\"\(photo)\",\"\(dem)?token=abc\"]}", [350, 400]), ("{\"url\":\"\(dem)/\"}", [400]), (dem, [400]),
      (item, [400]), (dem.replacing("http://127.0.0.1", with: "https://LOCALHOST"), [400]),
      (String(dem.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }), [400]),
      ("{\"uri\":\"/fileShares/data/Dem.tif\"}", [400]), ("{\u{201C}url\u{201D}: \"\(photo)\"}", [350]),
    ] {
      let files = try server().download(["inputImageLayer": input])
      #expect(try files.map { try GDAL.shared.read($0.body).width } == sizes, "\(input)")
    }
  }

  @Test(
    "what can't be downloaded fails the job with a reason, not the submission",
    arguments: [
      ("{\"url\":\"http://other.example.org/arcgis/rest/services/Dem/ImageServer\"}", "", "", "is not on this server"),
      ("{\"url\":\"SELF/Nothing/ImageServer\"}", "", "", "does not exist"),
      ("{\"url\":\"SELF/Private/ImageServer\"}", "", "", "Download"), ("{\"itemId\":\"nothing\"}", "", "", "nothing"),
      ("{}", "", "", "one of itemId"), ("{\"url\":", "", "", "JSON"), ("{\"url\":5}", "", "", "texts"),
      ("{\"uri\":\"/cloudStores/a/b.crf\"}", "", "", "b.crf"),
      (
        "DEM", "{\"extent\":{\"xmin\":0,\"ymin\":0,\"xmax\":1,\"ymax\":1,\"spatialReference\":{\"wkid\":4326}}}", "",
        "nothing of Dem"
      ),
      ("DEM", "{\"ClippingGeometry\":{\"rings\":[[[0,0]]]}}", "", "ClippingGeometry"),
      ("DEM", "{\"ClippingGeometry\":7}", "", "ClippingGeometry"), ("DEM", "[1,2]", "", "object"),
      ("DEM", "{\"ClippingType\":3}", "", "ClippingType"),
      ("DEM", "{\"extent\":{\"xmin\":\"NaN\",\"ymin\":0,\"xmax\":1,\"ymax\":1}}", "", "extent"),
      ("DEM", "", "{\"resamplingMethod\":\"BEST\"}", "CUBIC"), ("DEM", "", "{\"cellSize\":0}", "cellSize"),
      ("DEM", "", "{\"cellSize\":1e-9}", "cellSize"), ("DEM", "", "{\"cellSize\":0.01}", "more than"),
      ("DEM", "", "{\"cellSize\":{\"x\":4e-6,\"y\":3e-6}}", "more than"),
      ("DEM", "", "{\"cellSize\":{\"x\":0.001,\"y\":3000}}", "columns"), ("DEM", "", "{\"outSR\":999999}", "outSR"),
      ("DEM", "", "nonsense", "context"),
    ])
  func refused(_ input: String, _ clip: String, _ context: String, _ reason: String) throws {
    let services = "http://127.0.0.1:\(try server().port)\(ServerProcess.services)"
    let errors = try server().failure([
      "inputImageLayer": input == "DEM"
        ? try self.input("Dem") : input.replacingOccurrences(of: "SELF", with: services),
      "clipSetting": clip, "context": context,
    ])
    #expect(errors.first?.contains(reason) == true || errors.dropFirst().first?.contains(reason) == true, "\(errors)")
    #expect(errors.first?.hasPrefix("ERROR 00") == true && errors.last == "Failed.")
  }

  @Test("the founding page's clip setting works as it stands: case-sensitive keys, and no comma between its members")
  func foundingExample() throws {
    let clip = """
      {
        "ClippingGeometry": {
          "rings": [[[500100.2631, 6000100.41], [500100.2613, 6002000.3724], [503000.3518, 6002000.3725], [503000.3518, 6000100.41], [500100.2631, 6000100.41]]],
          "spatialReference": {"wkid": 32633}
        }
        "extent": {
          "xmin": 500100.263139,
          "ymin": 6000100.409968,
          "xmax": 503000.351827,
          "ymax": 6002000.372412,
          "spatialReference": {"wkid": 32633}
        }
      }
      """
    let file = try server().download(["inputImageLayer": try input("Dem"), "clipSetting": clip])[0]
    // From pixel edge to pixel edge: 500,100 to 503,010 and 6,000,100 to 6,002,010.
    let picture = try GDAL.shared.read(file.body)
    #expect(picture.width == 291 && picture.height == 191)
  }
}
