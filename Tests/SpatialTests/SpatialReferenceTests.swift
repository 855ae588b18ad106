import Spatial
import Testing

/// References have the codes that ArcGIS prints (REST API 4.8).
struct SpatialReferenceTests {
  @Test(arguments: [
    // asked, wkid, latestWkid, EPSG
    (3857, 102100, 3857, 3857), (102100, 102100, 3857, 3857), (900913, 102100, 3857, 3857),
    (3785, 102113, 3785, 3785), (102113, 102113, 3785, 3785),
    (4326, 4326, 4326, 4326), (4269, 4269, 4269, 4269),
    (5514, 102067, 5514, 5514), (102067, 102067, 5514, 5514),
    (2264, 102719, 2264, 2264), (102719, 102719, 2264, 2264),
    (32628, 32628, 32628, 32628), (31985, 31985, 31985, 31985), (3035, 3035, 3035, 3035),
    (3413, 3413, 3413, 3413),
    (102009, 102009, 102009, nil), (54004, 54004, 54004, nil), (54030, 54030, 54030, nil),
    // Heights are left out: WGS 84 in three dimensions, Lambert 93 with heights.
    (4979, 4326, 4326, 4326), (5698, 102110, 2154, 2154),
  ])
  func `a code is printed with the one that Esri and the one that EPSG has for it`(
    asked: Int, wkid: Int, latest: Int, epsg: Int?
  ) throws {
    let reference = try SpatialReference(wkid: asked)
    #expect(reference.wkid == wkid)
    #expect(reference.latestWkid == latest)
    #expect(reference.epsgCode == epsg)
    #expect(reference.wkt == nil)
  }

  @Test(arguments: [0, -1, 1, 99_999_999, Int.max, Int.min, 4978, 5703, 5800])
  func `a code of nothing, of the geocentric, of heights or of a site is refused`(code: Int) {
    #expect(throws: SpatialError.self) { try SpatialReference(wkid: code) }
  }

  @Test func `a refusal says what was asked`() {
    #expect(throws: SpatialError.unknown("99999 is not the code of a known spatial reference.")) {
      try SpatialReference(wkid: 99999)
    }
    #expect(throws: SpatialError.unknown("4978 is not a spatial reference of maps (geographic or projected).")) {
      try SpatialReference(wkid: 4978)
    }
  }

  @Test(arguments: [
    3857, 4326, 5514, 2264, 102009, 54004, 32628, 31985, 3035, 3413, 54030, 2193, 4807, 27700, 28992, 31467,
  ])
  func `text that GDAL writes for a code is known as the code again`(code: Int) throws {
    let reference = try SpatialReference(wkid: code)
    for form in ["wkt_esri", "wkt1", "wkt2_2019"] {
      // GDAL's WKT 1 has no way to say Robinson, sinusoidal and the like; what it can't say it prints nothing of.
      let text = try GDALTransform.run("gdalsrsinfo -o \(form) '\(reference.definition)' 2>/dev/null")
      guard text.contains("[") else { continue }
      #expect(try SpatialReference(wkt: text) == reference, "\(form)")
    }
  }

  @Test(arguments: [3857, 5514, 2264, 102009, 32628, 3413, 54030, 4326])
  func `the text of a prj file is Esri's, as GDAL writes it`(code: Int) throws {
    let reference = try SpatialReference(wkid: code)
    let esri = try GDALTransform.run("gdalsrsinfo --single-line -o wkt_esri '\(reference.definition)' 2>/dev/null")
    #expect(esri.split(separator: "\n").map(String.init) == [reference.esriWKT])
  }

  @Test func `a projection without a code stays text, and is drawn by it`() throws {
    let wkt = """
      PROJCS["My_Lambert",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
      PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],\
      PARAMETER["False_Easting",1000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",7.5],\
      PARAMETER["Standard_Parallel_1",41.0],PARAMETER["Standard_Parallel_2",43.0],\
      PARAMETER["Latitude_Of_Origin",42.0],UNIT["Meter",1.0]]
      """
    let reference = try SpatialReference(wkt: wkt)
    #expect(reference.wkid == nil && reference.latestWkid == nil && reference.epsgCode == nil)
    #expect(reference.wkt == wkt)
    #expect(!reference.isGeographic)
    #expect(reference.name == "My_Lambert")
    let place = try #require(
      try Transformation.between(.wgs84, reference).transform(Point(x: 7.5, y: 42)))
    // The origin of the projection lies at its false easting and northing.
    #expect((place.x - 1000).magnitude < 1e-6 && place.y.magnitude < 1e-6)
    #expect(reference.isSame(as: try SpatialReference(wkt: reference.wkt2)))
  }

  @Test func `a code that a text bears but doesn't mean is not believed`() throws {
    let wkt = """
      PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],\
      PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],\
      PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",16],PARAMETER["scale_factor",0.9996],\
      PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32633"]]
      """
    // Zone 33 has its meridian at 15 degrees.
    #expect(try SpatialReference(wkt: wkt).wkid == nil)
  }

  @Test(arguments: [
    "", "nonsense", "PROJCS[", "GEOGCS[\"a\"]", "EPSG:3857", "+proj=longlat +datum=WGS84 +type=crs",
    "{\"type\":\"GeographicCRS\"}", "LOCAL_CS[\"site\",UNIT[\"metre\",1]]",
    "ENGCRS[\"image\",EDATUM[\"d\"],CS[Cartesian,2],AXIS[\"x\",east],AXIS[\"y\",north],LENGTHUNIT[\"metre\",1]]",
    String(repeating: "PROJCS[", count: 4000), String(repeating: "PROJCS[\"a\",", count: 2500),
    String(repeating: "A", count: 100_000),
  ])
  func `what is not the WKT of a map is refused`(text: String) {
    #expect(throws: SpatialError.self) { try SpatialReference(wkt: text) }
  }

  @Test func `references are the same whatever they are called`() throws {
    #expect(SpatialReference.webMercator.isSame(as: try SpatialReference(wkid: 102113)))
    #expect(try SpatialReference(wkid: 3857) == .webMercator)
    #expect(try SpatialReference(wkid: 4326) == .wgs84)
    #expect(!SpatialReference.webMercator.isSame(as: .wgs84))
    // World Mercator is on the ellipsoid, Web Mercator on a sphere.
    #expect(!SpatialReference.webMercator.isSame(as: try SpatialReference(wkid: 54004)))
  }

  @Test func `a text of more than 32 KiB is refused, whatever it says`() throws {
    let wkt = try SpatialReference(wkid: 5514).wkt2
    let blanks = String(repeating: " ", count: 32_768 - wkt.utf8.count)
    #expect(try SpatialReference(wkt: blanks + wkt).epsgCode == 5514)
    #expect(throws: SpatialError.self) { try SpatialReference(wkt: blanks + " " + wkt) }
  }

  @Test func `units are told in metres`() throws {
    #expect(try SpatialReference(wkid: 3857).metersPerUnit == 1)
    // A US survey foot is 1200/3937 m.
    #expect((try SpatialReference(wkid: 2264).metersPerUnit - 1200.0 / 3937).magnitude < 1e-12)
    // A degree of the equator: 2 pi 6378137 / 360.
    #expect((SpatialReference.wgs84.metersPerUnit - 111_319.490793).magnitude < 1e-5)
    #expect(try SpatialReference(wkid: 4326).isGeographic)
    #expect(try !SpatialReference(wkid: 2264).isGeographic)
    #expect(try SpatialReference(wkid: 3857).name == "WGS_1984_Web_Mercator_Auxiliary_Sphere")
  }

  @Test func `many threads may ask for many references at once`() async throws {
    await withTaskGroup(of: Bool.self) { group in
      for seed in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { step in
            // UTM zones north, more of them than one thread has made before.
            let code = 32601 + (step * 7 + seed) % 60
            return (try? SpatialReference(wkid: code))?.epsgCode == code
          }
        }
      }
      for await found in group { #expect(found) }
    }
  }
}
