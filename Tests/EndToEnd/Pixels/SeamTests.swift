import Testing

@Suite(
  "A raster that a projection's seam cuts is drawn on both sides of it, to the seam",
  .serving(
    """
    def noise(seed): return np.random.RandomState(seed).randint(1, 255, (40, 80)).astype(np.uint8)
    write('Atlantic.tif', noise(1), (-41, -20, -19, 20), 'EPSG:4326')
    write('AtlanticMetres.tif', noise(2), (-4500000, -3000000, -2100000, 3000000), 'EPSG:3857')
    write('Pacific.tif', noise(3), (168.5, 40, 191.5, 70), 'EPSG:4326')
    write('East.tif', noise(4), (168.5, 40, 180, 70), 'EPSG:4326')
    write('Beyond.tif', noise(5), (181, 40, 201, 70), 'EPSG:4326')
    """))
struct SeamTests {
  /// A raster, a reference and a window there.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var reference: String
    var window: Window

    var testDescription: String { "\(name) in \(reference), \(window.testDescription)" }
  }

  /// Robinson about 150 degrees east: its seam is the meridian of 30 degrees west, as in the Mercator EPSG:3832.
  static let robinson = """
    PROJCS["Robinson about 150 degrees east",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",\
    SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],\
    PROJECTION["Robinson"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],\
    PARAMETER["Central_Meridian",150.0],UNIT["Meter",1.0]]
    """

  static let cases = [
    // 60 km at both ends of the Mercator: less than a step of 22 / 24 degrees.
    Case(name: "Atlantic", reference: "EPSG:3832", window: Window(19_970_000, -2e6, 20_030_000, 2e6, 30, 200)),
    Case(name: "Atlantic", reference: "EPSG:3832", window: Window(-20_030_000, -2e6, -19_970_000, 2e6, 30, 200)),
    Case(name: "AtlanticMetres", reference: "EPSG:3832", window: Window(19_970_000, -2e6, 20_030_000, 2e6, 30, 200)),
    Case(name: "AtlanticMetres", reference: "EPSG:3832", window: Window(-20_030_000, -2e6, -19_970_000, 2e6, 30, 200)),
    Case(name: "Atlantic", reference: robinson, window: Window(16_500_000, -2e6, 17_000_000, 2e6, 50, 200)),
    Case(name: "Atlantic", reference: robinson, window: Window(-17_000_000, -2e6, -16_500_000, 2e6, 50, 200)),
    // Over the antimeridian: at once in the PDC Mercator and in a polar projection, at both ends of the Web Mercator.
    Case(name: "Pacific", reference: "EPSG:3832", window: Window(1_900_000, 4_800_000, 4_800_000, 1.1e7, 201, 303)),
    Case(name: "Pacific", reference: "EPSG:3995", window: Window(-1.6e6, 1.8e6, 1.6e6, 6e6, 201, 203)),
    Case(name: "Pacific", reference: "EPSG:3857", window: Window(1.85e7, 4_800_000, 2.0037e7, 1.1e7, 101, 203)),
    Case(name: "Pacific", reference: "EPSG:3857", window: Window(-2.0037e7, 4_800_000, -1.85e7, 1.1e7, 101, 203)),
    Case(name: "East", reference: "EPSG:3995", window: Window(-1.6e6, 1.8e6, 1.6e6, 6e6, 201, 203)),
    Case(name: "Beyond", reference: "EPSG:3857", window: Window(-2.0037e7, 4_800_000, -1.7e7, 1.1e7, 101, 203)),
  ]

  @Test("nearest is identical to gdalwarp", arguments: cases)
  func seam(_ example: Case) throws {
    let expected = try GDAL.shared.run(
      """
      target = '''\(example.reference)'''
      window, size = \(example.window.python)
      give(*warp('\(example.name).tif', window, size, target, 'near'))
      # The pixel that a centre falls into, by PROJ; none within 0.001 of an edge between two.
      d = gdal.Open('\(example.name).tif')
      g = d.GetGeoTransform()
      x = window[0] + (np.arange(size[0]) + 0.5) * (window[2] - window[0]) / size[0]
      y = window[3] - (np.arange(size[1]) + 0.5) * (window[3] - window[1]) / size[1]
      x, y = [a.ravel() for a in np.meshgrid(x, y)]
      here = osr.SpatialReference()
      here.SetFromUserInput(target)
      here.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
      p = np.array(osr.CoordinateTransformation(here, d.GetSpatialRef()).TransformPoints(np.stack([x, y], 1).tolist()))
      q = np.stack([(p[:, 0] - g[0]) / g[1], (p[:, 1] - g[3]) / g[5]])
      q[~np.isfinite(q)] = 0.5
      give((np.abs(q - np.round(q)) > 0.001).all(axis=0).reshape(size[1], size[0]))
      """, in: try #require(DataFolder.current))
    var parameters: Parameters = [
      "bbox": example.window.bbox, "size": example.window.size, "adjustAspectRatio": "false",
      "interpolation": "RSP_NearestNeighbor",
    ]
    let sent =
      example.reference.hasPrefix("EPSG:")
      ? example.reference : #"{"wkt":"\#(example.reference.replacing("\"", with: "\\\""))"}"#
    parameters.pairs += [("bboxSR", sent), ("imageSR", sent)]
    let picture = try server().picture(example.name, parameters)
    let difference = Difference(picture, expected[0], settled: expected[1])
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
    #expect(difference.common > 1000)
  }
}
