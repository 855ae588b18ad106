import Foundation
import JSONValue
import Testing

@Suite(
  "download",
  .serving(
    """
    r = np.random.RandomState(5)
    options = ['TFW=YES', 'TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64']
    write('Photo.ImageServer/a.tif', smooth(3, 300, 200, np.uint8, 1, 254, noise=0.05), (0, 0, 2000, 3000), 'EPSG:3857', options=options)
    write('Photo.ImageServer/b.tif', r.randint(1, 255, (3, 100, 100)).astype(np.uint8), (2000, 0, 3000, 1000), 'EPSG:3857')
    write('Photo.ImageServer/c.tif', r.randint(1, 255, (3, 50, 50)).astype(np.uint8), (90000, 90000, 90500, 90500), 'EPSG:3857')
    gdal.Translate('Photo.ImageServer/b.png', 'Photo.ImageServer/b.tif', format='PNG', creationOptions=['WORLDFILE=YES'])
    for f in os.listdir('Photo.ImageServer'):
        if f.endswith('.aux.xml'): os.remove('Photo.ImageServer/' + f)
    open('Photo.ImageServer/b.prj', 'w').write(osr.SpatialReference(reference('EPSG:3857')).ExportToWkt())
    write('Dem.tif', r.randint(-500, 4000, (120, 150)).astype(np.int16), (500000, 6000000, 501500, 6001200), 'EPSG:32633', nodata=-9999)
    write('Classes.tif', r.randint(0, 4, (90, 70)).astype(np.uint8), (0, 0, 70, 90), 'EPSG:32633', palette=[(0, 0, 0, 255), (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)])
    write('Small.tif', r.randint(0, 4, (1200, 1000)).astype(np.uint8), (0, 0, 70, 90), 'EPSG:32633')
    open('Small.service.json', 'w').write('{"maxDownloadSizeLimit": 1, "maxDownloadImageCount": 1}')
    write('Closed.ImageServer/a.tif', r.randint(0, 4, (9, 7)).astype(np.uint8), (0, 0, 70, 90), 'EPSG:32633')
    open('Closed.ImageServer/service.json', 'w').write('{"capabilities": "Image,Download"}')
    write('Shut.tif', r.randint(0, 4, (9, 7)).astype(np.uint8), (0, 0, 70, 90), 'EPSG:32633')
    open('Shut.service.json', 'w').write('{"capabilities": "Image"}')
    """))
struct DownloadTests {
  /// The answer's files.
  func files(_ service: String, _ parameters: Parameters) throws -> [JSON] {
    let answer = try server().get("\(service)/ImageServer/download", parameters + ["f": "json"])
    return try #require(answer.json["rasterFiles"]?.array, "\(answer.text)")
  }

  /// Fetches files as a client does, each with its identifier and a raster, into a folder.
  func fetch(_ service: String, _ files: [JSON]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for file in files {
      let id = try #require(file["id"]?.string)
      let answer = try server().get(
        "\(service)/ImageServer/file", ["id": id, "rasterId": "\(file["rasterIds"]?[0]?.integer ?? 0)", "f": "json"])
      #expect(answer.status == 200 && answer.body.count == file["size"]?.integer, "\(id)")
      try folder.write(answer.body, to: String(id.split(separator: "/").last ?? ""))
    }
    return folder
  }

  func names(_ files: [JSON]) -> [String] {
    files.map { String($0["id"]?.string?.split(separator: "/").last ?? "") }
  }

  @Test("without a geometry come the rasters' own files, side files too, byte for byte, a shared one once")
  func sources() throws {
    // By name: a.tif, b.png, b.tif, c.tif.
    let files = try files("Photo", ["rasterIds": "1, 2,3", "f": "json"])
    #expect(files.allSatisfy { $0.object?.map(\.name) == ["id", "size", "rasterIds"] })
    #expect(Set(names(files)) == ["a.tif", "a.tfw", "b.png", "b.wld", "b.prj", "b.tif"])
    for name in ["b.prj", "b.wld"] {
      let shared = files.filter { $0["id"]?.string?.hasSuffix(name) == true }
      #expect(shared.count == 1 && shared[0]["rasterIds"] == [2, 3], "\(name)")
    }
    let folder = try fetch("Photo", files)
    for name in names(files) {
      let own = try Data(contentsOf: URL(fileURLWithPath: try dataFile("Photo.ImageServer/\(name)")))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path(name))) == own, "\(name)")
    }
    #expect(names(try self.files("Dem", ["rasterIds": "1"])) == ["Dem.tif"])
    // The format counts for what is clipped.
    #expect(names(try self.files("Dem", ["rasterIds": "1", "format": "BSQ"])) == ["Dem.tif"])
  }

  @Test("an envelope cuts a raster out along its pixels, as gdal_translate does")
  func envelope() throws {
    let files = try files(
      "Photo", ["rasterIds": "1,3,4", "geometry": "503,811,1188,2002", "format": "TIFF"])
    #expect(names(files) == ["a.tif"], "what lies beside the envelope gives no file")
    let folder = try fetch("Photo", files)
    let pair = try GDAL.shared.run(
      """
      d = gdal.Open('a.tif'); give(d.ReadAsArray())
      s = gdal.Translate('', '\(try dataFile("Photo.ImageServer/a.tif"))', format='MEM', projWin=[500, 2010, 1190, 810])
      assert d.GetGeoTransform() == s.GetGeoTransform(), (d.GetGeoTransform(), s.GetGeoTransform())
      assert d.GetSpatialRef().IsSame(s.GetSpatialRef())
      give(s.ReadAsArray())
      """, in: folder)
    #expect(pair[0] == pair[1])
  }

  @Test("an envelope in another spatial reference, as JSON, and the founding page's example with its own wkid")
  func otherReference() throws {
    // The middle of the elevations, in degrees.
    let box = "{\"xmin\":15.005,\"ymin\":54.149,\"xmax\":15.015,\"ymax\":54.155,\"spatialReference\":{\"wkid\":4326}}"
    let files = try files("Dem", ["rasterIds": "1", "geometry": box, "geometryType": "esriGeometryEnvelope"])
    let folder = try fetch("Dem", files)
    let pair = try GDAL.shared.run(
      """
      d = gdal.Open('Dem.tif'); g = d.GetGeoTransform(); give(d.ReadAsArray())
      here, there = osr.SpatialReference(), d.GetSpatialRef(); here.ImportFromEPSG(4326)
      for r in (here, there): r.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
      t = osr.CoordinateTransformation(here, there).TransformBounds(15.005, 54.149, 15.015, 54.155, 21)
      grow = lambda v, up: np.ceil(v / 10) * 10 if up else np.floor(v / 10) * 10
      assert (g[0], g[3]) == (grow(t[0], False), grow(t[3], True)), (g, t)
      assert g[0] + 10 * d.RasterXSize == grow(t[2], True) and g[3] - 10 * d.RasterYSize == grow(t[1], False), (g, t)
      give(gdal.Translate('', '\(try dataFile("Dem.tif"))', format='MEM', projWin=[g[0], g[3], g[0] + 10 * d.RasterXSize, g[3] - 10 * d.RasterYSize]).ReadAsArray())
      """, in: folder)
    #expect(pair[0] == pair[1])
    let far =
      "{\"xmin\":-1949594.8286481365, \"ymin\": 882737.0181116117,\"xmax\":-1946926.2791246006,\"ymax\":884828.2021675818,\"spatialReference\":{\"wkid\":102009}}"
    #expect(
      try self.files(
        "Dem", ["rasterIds": "1", "geometry": far, "geometryType": "esriGeometryEnvelope", "format": "TIFF"]) == [])
  }

  @Test("a raster wholly inside the geometry comes as its own files, unless a conversion is asked for")
  func inside() throws {
    for (geometry, type) in [
      ("-10,-10,4000,4000", "esriGeometryEnvelope"),
      ("{\"rings\":[[[-10,-10],[-10,4000],[4000,4000],[4000,-10],[-10,-10]]]}", "esriGeometryPolygon"),
      (
        "{\"xmin\":-180,\"ymin\":-90,\"xmax\":180,\"ymax\":90,\"spatialReference\":{\"wkid\":4326}}",
        "esriGeometryEnvelope"
      ),
    ] {
      let own = try files("Photo", ["rasterIds": "3", "geometry": geometry, "geometryType": type, "format": "PNG"])
      #expect(Set(names(own)) == ["b.tif", "b.prj", "b.wld"], "\(geometry)")
      let converted = try files(
        "Photo", ["rasterIds": "3", "geometry": geometry, "geometryType": type, "format": "BIP:Conversion"])
      #expect(names(converted).first == "b.bip" && converted[0]["rasterIds"] == [3])
    }
    #expect(names(try files("Photo", ["rasterIds": "3", "format": "png:conversion"])).first == "b.png")
  }

  @Test("a polygon keeps the pixels whose centres lie in it; others get the nodata value, or 0 where there is none")
  func polygon() throws {
    let rings =
      "[[[121,203],[900,2801],[1900,1507],[1100,1403],[1700,307],[121,203]],[[700,900],[900,900],[900,1200],[700,1200],[700,900]]]"
    let photo = try fetch(
      "Photo",
      try files("Photo", ["rasterIds": "1", "geometry": "{\"rings\":\(rings)}", "geometryType": "esriGeometryPolygon"]))
    let ring = "[[[500101,6000090],[500505,6001100],[501300,6000333],[500101,6000090]]]"
    let dem = try fetch(
      "Dem",
      try files("Dem", ["rasterIds": "1", "geometry": "{\"rings\":\(ring)}", "geometryType": "esriGeometryPolygon"]))
    for (folder, name, source, rings, fill) in [
      (photo, "a.tif", "Photo.ImageServer/a.tif", rings, 0), (dem, "Dem.tif", "Dem.tif", ring, -9999),
    ] {
      let pair = try GDAL.shared.run(
        """
        from osgeo import ogr
        d = gdal.Open('\(name)'); g = d.GetGeoTransform()
        a = d.ReadAsArray()
        m = gdal.GetDriverByName('MEM').Create('', d.RasterXSize, d.RasterYSize, 1); m.SetGeoTransform(g); m.SetProjection(d.GetProjection())
        v = ogr.GetDriverByName('Memory').CreateDataSource(''); l = v.CreateLayer('', d.GetSpatialRef()); f = ogr.Feature(l.GetLayerDefn())
        f.SetGeometry(ogr.CreateGeometryFromJson(json.dumps({'type': 'Polygon', 'coordinates': \(rings)}))); l.CreateFeature(f)
        gdal.RasterizeLayer(m, [1], l, burn_values=[1])
        inside = m.ReadAsArray() != 0
        s = gdal.Open('\(try dataFile(source))'); t = s.GetGeoTransform()
        b = s.ReadAsArray(round((g[0] - t[0]) / 10), round((t[3] - g[3]) / 10), d.RasterXSize, d.RasterYSize)
        assert 1000 < inside.sum() < inside.size
        give(a); give(np.where(inside, b, \(fill)))
        valid = d.GetRasterBand(1).GetMaskBand().ReadAsArray() != 0
        give(valid); give(inside & (d.GetRasterBand(1).ReadAsArray() != -9999))
        """, in: folder)
      #expect(pair[0] == pair[1], "\(name)")
      #expect(pair[2] == pair[3], "\(name)")
    }
  }

  @Test(
    "all twelve formats hold the pixels and the place, in the format or beside it; TIFF takes what one can't hold",
    arguments: [
      "TIFF", "Imagine Image", "JPEG", "NITF", "BIL", "BSQ", "BIP", "ENVI", "JP2", "GIF", "BMP", "PNG",
    ])
  func formats(_ format: String) throws {
    let driver = [
      "TIFF": "GTiff", "Imagine Image": "HFA", "JPEG": "JPEG", "NITF": "NITF", "BIL": "EHdr", "BSQ": "EHdr",
      "BIP": "EHdr", "ENVI": "ENVI", "JP2": "JP2OpenJPEG", "GIF": "GIF", "BMP": "BMP", "PNG": "PNG",
    ][format]
    let holdsPhotos = format != "GIF"
    let holdsElevations = !["JPEG", "GIF", "BMP", "PNG"].contains(format)
    for (service, raster, holds) in [
      ("Photo", "1", holdsPhotos), ("Dem", "1", holdsElevations), ("Classes", "1", format != "JPEG"),
    ] {
      let box =
        service == "Photo" ? "100,100,1500,2500" : service == "Dem" ? "500100,6000100,501300,6001000" : "5,5,60,80"
      let files = try files(service, ["rasterIds": raster, "geometry": box, "format": format])
      let folder = try fetch(service, files)
      let tolerance = format == "JPEG" && holds ? 255 : 0
      let source = service == "Photo" ? "Photo.ImageServer/a.tif" : "\(service).tif"
      let expectation =
        service == "Classes" && format == "JPEG" ? "('JPEG', 'GTiff')" : "('\(holds ? driver ?? "" : "GTiff")',)"
      let pair = try GDAL.shared.run(
        """
        d = gdal.Open('\(names(files)[0])'); g = d.GetGeoTransform()
        assert d.GetDriver().ShortName in \(expectation), d.GetDriver().ShortName
        s = gdal.Open('\(try dataFile(source))'); t = s.GetGeoTransform()
        x, y = round((g[0] - t[0]) / t[1]), round((g[3] - t[3]) / t[5])
        assert np.allclose(g, (t[0] + x * t[1], t[1], 0, t[3] + y * t[5], 0, t[5]), rtol=0, atol=1e-6), (g, t)
        assert d.GetSpatialRef().IsSame(s.GetSpatialRef()), d.GetProjection()
        a, b = d.ReadAsArray(), s.ReadAsArray(x, y, d.RasterXSize, d.RasterYSize)
        assert a.shape == b.shape and (\(tolerance) or a.dtype == b.dtype), (a.shape, b.shape, a.dtype)
        if '\(service)' == 'Dem': assert d.GetRasterBand(1).GetNoDataValue() == -9999
        if \(tolerance): assert np.abs(a.astype(int) - b).mean() < 6
        give(a if not \(tolerance) else b); give(b)
        """, in: folder)
      #expect(pair[0] == pair[1], "\(format) of \(service)")
    }
  }

  @Test("the page lists the files with links to them")
  func page() throws {
    let form = try server().get("Photo/ImageServer/download").text
    #expect(form.contains("name=\"rasterIds\"") && form.contains("Imagine Image"))
    let page = try server().get("Photo/ImageServer/download", ["rasterIds": "1", "f": "html"]).text
    #expect(page.contains("file?id=.%2Fa.tif&amp;rasterId=1"))
    let root = try server().get("Photo/ImageServer", ["f": "json"]).json["capabilities"]?.string ?? ""
    #expect(root.split(separator: ",").contains("Download"))
  }

  @Test(
    "what can't be downloaded is refused with the parameter's name",
    arguments: [
      ("Photo", ["rasterIds": "99"], "'rasterIds' parameter is invalid."),
      ("Photo", ["rasterIds": "one"], "'rasterIds' parameter is invalid."),
      ("Photo", ["rasterIds": ""], "'rasterIds' parameter is invalid."),
      ("Photo", ["rasterIds": "1", "format": "ECW"], "'format' parameter is invalid."),
      ("Photo", ["rasterIds": "1", "format": ":Conversion"], "'format' parameter is invalid."),
      ("Photo", ["rasterIds": "1", "geometry": "1,2,3"], "'geometry' parameter is invalid."),
      (
        "Photo", ["rasterIds": "1", "geometry": "{\"rings\":[]}", "geometryType": "esriGeometryPolygon"],
        "'geometry' parameter is invalid."
      ),
      ("Photo", ["rasterIds": "1", "geometry": "{\"xmin\":1}"], "'geometry' parameter is invalid."),
      (
        "Photo", ["rasterIds": "1", "geometry": "0,0,1,1", "geometryType": "esriGeometryPoint"],
        "'geometryType' parameter is invalid."
      ),
      (
        "Photo", ["rasterIds": (1...21).map(String.init).joined(separator: ",")],
        "The requested number of download images exceeds the limit."
      ),
      ("Small", ["rasterIds": "1,1"], "The requested number of download images exceeds the limit."),
      ("Small", ["rasterIds": "1", "format": "BIL:Conversion"], "The requested download size exceeds the limit."),
      ("Small", ["rasterIds": "1"], "The requested download size exceeds the limit."),
    ] as [(String, Parameters, String)])
  func refused(_ service: String, _ parameters: Parameters, _ detail: String) throws {
    let answer = try server().get("\(service)/ImageServer/download", parameters + ["f": "json"])
    #expect(answer.status == 200 && answer.json["error"]?["code"] == 400 && answer.detail == detail, "\(answer.text)")
    #expect(answer["X-Mock-ArcGIS-Hint"] != nil)
  }

  @Test("a service without Download, and a mosaic without Catalog, do not support it", arguments: ["Shut", "Closed"])
  func unsupported(_ service: String) throws {
    for operation in ["download", "file"] {
      let answer = try server().get(
        "\(service)/ImageServer/\(operation)", ["rasterIds": "1", "id": "./a.tif", "f": "json"])
      #expect(
        answer.json["error"]?["message"] == "Requested operation is not supported by this service.", "\(operation)")
    }
  }
}
