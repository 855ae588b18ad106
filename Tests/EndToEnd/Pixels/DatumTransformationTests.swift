import Foundation
import JSONValue
import Testing

@Suite(
  "datumTransformation says which way leads from datum to datum",
  .serving(
    """
    a = np.random.RandomState(1).randint(1, 255, (80, 100)).astype(np.uint8)
    write('Nad27.tif', a, (500000, 4400000, 501000, 4400800), 'EPSG:26713')
    """, options: ["--server-version", "11.4"]))
struct DatumTransformationTests {
  /// A way from NAD 27 to the datum of a picture, and the translations that EPSG publishes for it.
  struct Way: Sendable, CustomTestStringConvertible {
    var sent: String
    /// The picture's reference.
    var wkid: Int
    /// Steps of a PROJ pipeline from radians on NAD 27 to radians on the datum of the picture.
    var steps: String

    var testDescription: String { "\(sent) to \(wkid)" }
  }

  /// EPSG:1173 is NAD_1927_To_WGS_1984_4, EPSG:1170 NAD_1927_To_WGS_1984_1.
  static let helmert1173 = helmert("+x=-8 +y=160 +z=176", from: "clrk66", to: "WGS84")
  static let helmert1170 = helmert("+x=-3 +y=142 +z=183", from: "clrk66", to: "WGS84")
  /// ESRI:108190 is WGS_1984_(ITRF00)_To_NAD_1983.
  static let helmert108190 = helmert(
    """
    +x=0.9956 +y=-1.9013 +z=-0.5215 +rx=0.025915 +ry=0.009426 +rz=0.011599 +s=0.00062 \
    +convention=coordinate_frame
    """, from: "WGS84", to: "GRS80")

  static func helmert(_ parameters: String, from source: String, to target: String) -> String {
    """
    +step +proj=push +v_3 +step +proj=cart +ellps=\(source) +step +proj=helmert \(parameters) \
    +step +inv +proj=cart +ellps=\(target) +step +proj=pop +v_3
    """
  }

  /// 1173 in Esri's words.
  static let esriText = """
    GEOGTRAN["NAD_1927_To_WGS_1984_4",GEOGCS["GCS_North_American_1927",DATUM["D_North_American_1927",\
    SPHEROID["Clarke_1866",6378206.4,294.9786982]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],\
    GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
    PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],METHOD["Geocentric_Translation"],\
    PARAMETER["X_Axis_Translation",-8.0],PARAMETER["Y_Axis_Translation",160.0],PARAMETER["Z_Axis_Translation",176.0]]
    """
  static let esriJSON = #"{"wkt":"\#(esriText.replacing("\"", with: "\\\""))"}"#

  static let ways = [
    Way(sent: "1173", wkid: 4326, steps: helmert1173), Way(sent: "1170", wkid: 4326, steps: helmert1170),
    Way(sent: "1173", wkid: 3857, steps: helmert1173), Way(sent: "1170", wkid: 3857, steps: helmert1170),
    Way(sent: #"{"wkid":1170}"#, wkid: 3857, steps: helmert1170), Way(sent: esriJSON, wkid: 3857, steps: helmert1173),
    Way(
      sent: #"{"geoTransforms":[{"wkid":1173,"transformForward":true},{"wkid":108190,"transformForward":true}]}"#,
      wkid: 4269, steps: helmert1173 + " " + helmert108190),
    // NAD_1983_To_WGS_1984_1 backwards, which moves nothing.
    Way(
      sent: #"{"geoTransforms":[{"wkid":1170},{"wkid":1188,"transformForward":false}]}"#, wkid: 4269,
      steps: helmert1170),
  ]

  @Test("extent and nearest pixels are those of gdalwarp on the same way", arguments: ways)
  func pixels(_ way: Way) throws {
    let isGeographic = way.wkid != 3857
    let expected = try GDAL.shared.run(
      """
      end = '\(isGeographic ? "+proj=unitconvert +xy_in=rad +xy_out=deg +step +proj=axisswap +order=2,1" : "+proj=webmerc")'
      way = '+proj=pipeline +step +inv +proj=utm +zone=13 +ellps=clrk66 \(way.steps) +step ' + end
      # The corners of the raster by PROJ's pipeline alone.
      utm, here = osr.SpatialReference(), osr.SpatialReference()
      utm.ImportFromEPSG(26713), here.ImportFromEPSG(\(way.wkid))
      options = osr.CoordinateTransformationOptions()
      options.SetOperation(way)
      there = osr.CoordinateTransformation(utm, here, options)
      edges = [500000 + i * 50 for i in range(21)], [4400000 + i * 40 for i in range(21)]
      p = np.array(there.TransformPoints([(x, y) for x in edges[0] for y in edges[1]]))
      \(isGeographic ? "p = p[:, [1, 0]]" : "")
      extent = [p[:, 0].min(), p[:, 1].min(), p[:, 0].max(), p[:, 1].max()]
      give(np.array([extent]))
      # Finer than the raster, so that a metre shows.
      give(*warp('Nad27.tif', extent, (301, 243), 'EPSG:\(way.wkid)', 'near', coordinateOperation=way))
      # Where the centre of a pixel is not too near to an edge between two pixels of the raster.
      options.SetOperation(way, True)
      back = osr.CoordinateTransformation(here, utm, options)
      x = extent[0] + (np.arange(301) + 0.5) * (extent[2] - extent[0]) / 301
      y = extent[3] - (np.arange(243) + 0.5) * (extent[3] - extent[1]) / 243
      x, y = [a.ravel() for a in np.meshgrid(x, y)]
      q = np.array(back.TransformPoints(np.stack(\(isGeographic ? "[y, x]" : "[x, y]"), 1).tolist()))[:, :2] / 10
      give((np.abs(q - np.round(q)) > 0.001).all(axis=1).reshape(243, 301))
      """, in: try #require(DataFolder.current))
    let parameters: Parameters = [
      "bbox": "500000,4400000,501000,4400800", "imageSR": "\(way.wkid)", "size": "301,243",
      "adjustAspectRatio": "false", "interpolation": "RSP_NearestNeighbor", "datumTransformation": way.sent,
    ]
    let extent = try server().get("Nad27/ImageServer/exportImage", parameters + ["f": "json"]).json["extent"]
    // A millimetre.
    let slack = isGeographic ? 1e-8 : 1e-3
    for (name, edge) in zip(["xmin", "ymin", "xmax", "ymax"], expected[0].samples) {
      #expect(abs(try #require(extent?[name]?.number) - edge) < slack, "\(name)")
    }
    let difference = Difference(try server().picture("Nad27", parameters), expected[1], settled: expected[2])
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
    #expect(difference.common > 60_000)
  }

  /// Edges of the picture of the raster's own box in longitude and latitude.
  func extent(_ transformation: String?, name: String = "datumTransformation") throws -> [Double] {
    var parameters: Parameters = [
      "bbox": "500000,4400000,501000,4400800", "imageSR": "4326", "size": "9,9", "f": "json",
      "adjustAspectRatio": "false",
    ]
    if let transformation { parameters.pairs.append((name, transformation)) }
    let answer = try server().get("Nad27/ImageServer/exportImage", parameters).json
    return try ["xmin", "ymin", "xmax", "ymax"].map {
      try #require(answer["extent"]?[$0]?.number, "\(answer)")
    }
  }

  @Test("two transformations differ by the metres between their translations")
  func metres() throws {
    let (west, south) = (try extent("1173"), try extent("1170"))
    // The translations differ by (5, -18, 7) metres, at 105 degrees west and 39.755 north. Eastwards that is
    // -sin(lon) * 5 + cos(lon) * -18 = 0.96593 * 5 + 0.25882 * 18 = 9.488 m; northwards
    // -sin(lat) * (cos(lon) * 5 + sin(lon) * -18) + cos(lat) * 7 = -0.63950 * (-1.29410 + 17.38667) + 0.76879 * 7
    // = -4.909 m. A degree of the parallel is 85,700 m and one of the meridian 111,033 m on WGS 84.
    #expect(abs((south[0] - west[0]) * 85_700 - 9.488) < 0.05)
    #expect(abs((south[1] - west[1]) * 111_033 + 4.909) < 0.05)
  }

  @Test(
    "every form and spelling means the same",
    arguments: [
      #"{"wkid":1173}"#, #"{"latestWkid":1173}"#, "1173.0",
      #"{"geoTransforms":[{"wkid":1173,"transformForward":true}]}"#,
      // Between two datums there is one direction.
      #"{"geoTransforms":[{"wkid":1173,"transformForward":false}]}"#, esriText, esriJSON,
      #"{"geotransforms":[{"wkid":1188},{"wkid":1173}]}"#,
    ])
  func forms(_ sent: String) throws {
    let expected = try extent("1173")
    for (edge, wanted) in zip(try extent(sent, name: "datumtransformation"), expected) {
      #expect(abs(edge - wanted) < 1e-12)
    }
  }

  @Test(
    "what can't be carried out or leads nowhere is an error that names the parameter",
    arguments: [
      ("99999", "not the code"), ("0", "not the code"), ("-1", "not the code"), ("16013", "not a transformation"),
      ("4326", "not the code"), ("north", "can be read"), ("{}", "expected"), (#"{"geoTransforms":[]}"#, "expected"),
      (#"{"geoTransforms":"1173"}"#, "expected"), (#"{"wkt":"GEOGTRAN[]"}"#, "can be read"),
      // NAD 83 and WGS 84, ED 50 and WGS 84.
      ("1188", "between the datums"), ("1133", "between the datums"),
      (#"{"geoTransforms":[\#(Array(repeating: "1173", count: 9).joined(separator: ","))]}"#, "expected"),
      (
        esriText.replacing("METHOD[\"Geocentric_Translation\"]", with: "METHOD[\"Guess\"]"), "can be read"
      ),
      (
        """
        COORDINATEOPERATION["x",SOURCECRS[GEOGCRS["NAD27",DATUM["North American Datum 1927",\
        ELLIPSOID["Clarke 1866",6378206.4,294.978698213898]],CS[ellipsoidal,2],AXIS["lat",north],AXIS["lon",east],\
        ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",4267]]],TARGETCRS[GEOGCRS["WGS 84",\
        DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],\
        AXIS["lat",north],AXIS["lon",east],ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",4326]]],\
        METHOD["NTv2",ID["EPSG",9615]],PARAMETERFILE["Latitude and longitude difference file","nowhere.gsb"]]
        """, "nowhere.gsb"
      ),
    ])
  func refused(_ sent: String, _ hint: String) throws {
    let answer = try server().get(
      "Nad27/ImageServer/exportImage",
      [
        "bbox": "500000,4400000,501000,4400800", "imageSR": "4326", "size": "9,9", "f": "json",
        "datumTransformation": sent,
      ])
    #expect(answer.detail == "'datumTransformation' parameter is invalid.")
    let said = answer["X-Mock-ArcGIS-Hint"] ?? "nothing"
    #expect(said.contains(hint), "\(said)")
  }

  @Test("between references of one datum it is without effect", arguments: ["1173", "1188"])
  func sameDatum(_ sent: String) throws {
    let parameters: Parameters = ["bbox": "500000,4400000,501000,4400800", "size": "100,80", "imageSR": "4267"]
    #expect(
      try server().picture("Nad27", parameters + ["datumTransformation": sent]) == server().picture("Nad27", parameters)
    )
  }

  @Test("releases before 11.4 don't know it", arguments: ["10.9.1", "11.3"])
  func before(_ version: String) throws {
    let made = try server().control("POST", "/mock/worlds", ["serverVersion": .string(version)])
    let address = try #require(made.json["url"]?.string)
    let world = String(address.dropFirst("http://127.0.0.1:\(try server().port)".count))
    let parameters: Parameters = [
      "bbox": "500000,4400000,501000,4400800", "imageSR": "4326", "size": "9,9", "f": "json",
      "adjustAspectRatio": "false", "datumTransformation": "north",
    ]
    let answer = try server().get("\(world)/Nad27/ImageServer/exportImage", parameters).json
    #expect(answer["extent"]?["xmin"]?.number == (try extent(nil))[0])
  }
}
