import JSONValue
import Testing

@Suite(
  "A mosaic is drawn from the rasters that the rule selects, in its order, folded by its operation",
  .serving(
    """
    r = np.random.RandomState(5)
    for name, x, y in (('a', 0, 0), ('b', 10, 0), ('c', 5, 10)):
        d = r.randint(0, 200, (20, 20)).astype(np.float32)
        d[r.rand(20, 20) < 0.2] = -1
        write('Mosaic.ImageServer/%s.tif' % name, d, (x, y, x + 20, y + 20), 'EPSG:3857', nodata=-1)
    json.dump({'rasters': {
        'a.tif': {'Name': 'A', 'CloudCover': 30, 'AcquisitionDate': '2009-12-01'},
        'b.tif': {'Name': 'B', 'CloudCover': 10, 'AcquisitionDate': '2012-05-01'},
        'c.tif': {'Name': 'C', 'CloudCover': 20, 'AcquisitionDate': '2010-03-01'}}},
        open('Mosaic.ImageServer/service.json', 'w'))
    """))
struct MosaicTests {
  /// The rasters cover x 0…20, 10…30 and 5…25 and y 0…20, 0…20 and 10…30: their centres are (10, 10), (20, 10) and
  /// (15, 20), the whole is 0…30 by 0…30. Object ids are 1, 2 and 3.
  static let whole = Window(0, 0, 30, 30, 30, 30)
  static let right = Window(10, 0, 30, 20, 20, 20)

  struct Case: Sendable, CustomTestStringConvertible {
    var rule: String
    /// The rasters that are drawn, the one on top first.
    var order: String
    var window = MosaicTests.whole

    var testDescription: String { rule }
  }

  static let cases = [
    // Squared distances to the corner (0, 30): a 500, b 800, c 325.
    Case(rule: "{}", order: "cab"), Case(rule: #"{"mosaicMethod":"esriMosaicNorthwest"}"#, order: "cab"),
    Case(rule: #"{"mosaicMethod":"NorthWest","ascending":false}"#, order: "bac"),
    // Independent of the view.
    Case(rule: #"{"mosaicMethod":"esriMosaicNorthwest"}"#, order: "cab", window: right),
    // To the middle of the view (20, 10): a 100, b 0, c 125.
    Case(rule: #"{"mosaicMethod":"esriMosaicCenter"}"#, order: "bac", window: right),
    // (15, 15): a 50, b 50, c 25; of equals the smaller id.
    Case(rule: #"{"mosaicMethod":"esriMosaicCenter"}"#, order: "cab"),
    Case(rule: #"{"mosaicMethod":"esriMosaicNadir"}"#, order: "bac", window: right),
    // To (0, 0): a 200, b 500, c 625.
    Case(rule: #"{"mosaicMethod":"esriMosaicViewpoint","viewpoint":{"x":0,"y":0}}"#, order: "abc"),
    Case(rule: #"{"mosaicMethod":"esriMosaicViewpoint","viewpoint":{"x":0,"y":0},"ascending":false}"#, order: "cba"),
    // 10 degrees east and 30 north are far to the north-north-east in metres: c is nearer than b, b than a.
    Case(
      rule:
        #"{"mosaicMethod":"esriMosaicViewpoint","viewpoint":{"x":10,"y":30,"spatialReference":{"wkid":4326}}}"#,
      order: "cba"),
    Case(rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"CloudCover"}"#, order: "bca"),
    Case(rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"CloudCover","ascending":false}"#, order: "acb"),
    // Differences from 28: a 2, b 18, c 8.
    Case(rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"CloudCover","sortValue":28}"#, order: "acb"),
    Case(rule: #"{"mosaicMethod":"esriMosaicByAttribute","sortField":"cloudcover","sortValue":"11"}"#, order: "bca"),
    Case(rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"Name","ascending":false}"#, order: "cba"),
    // 31 days, 851 days and 59 days from the first of 2010.
    Case(
      rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"AcquisitionDate","sortValue":"2010/1/1"}"#,
      order: "acb"),
    // 1325376000000 is the first of 2012: b is four months from it, c 22, a 25.
    Case(
      rule: #"{"mosaicMethod":"esriMosaicAttribute","sortField":"AcquisitionDate","sortValue":1325376000000}"#,
      order: "bca"),
    Case(rule: #"{"mosaicMethod":"esriMosaicNone"}"#, order: "abc"),
    Case(rule: #"{"mosaicMethod":"esriMosaicSeamline"}"#, order: "cab"),
    Case(rule: #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[2,1]}"#, order: "ba"),
    Case(rule: #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":"3,2"}"#, order: "cb"),
    Case(rule: #"{"mosaicMethod":"LockRaster","lockRasterId":3}"#, order: "c"),
    Case(rule: #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[99,1]}"#, order: "a"),
    Case(rule: #"{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[99]}"#, order: ""),
    Case(rule: #"{"mosaicMethod":"esriMosaicNone","where":"CloudCover < 25"}"#, order: "bc"),
    Case(rule: #"{"mosaicMethod":"esriMosaicNone","where":"Name IN ('A','C') AND CloudCover >= 20"}"#, order: "ac"),
    Case(rule: #"{"mosaicMethod":"esriMosaicNone","where":"Name LIKE 'Z%'"}"#, order: ""),
    Case(rule: #"{"mosaicMethod":"esriMosaicNone","fids":[3,1]}"#, order: "ac"),
    Case(rule: #"{mosaicMethod:'esriMosaicNone',lockRasterIds:[]}"#, order: "abc"),
  ]

  /// How numpy folds `s`, the layers on the canvas, the one on top first, NaN where there is no data.
  static let operations = [
    ("MT_FIRST", "pick(s)"), ("MT_LAST", "pick(s[::-1])"), ("MT_MIN", "np.fmin.reduce(s)"),
    ("MT_MAX", "np.fmax.reduce(s)"), ("MT_SUM", "np.where(np.isnan(s).all(axis=0), np.nan, np.nansum(s, axis=0))"),
    ("MT_MEAN", "np.nansum(s, axis=0) / (~np.isnan(s)).sum(axis=0)"),
  ]

  /// What numpy makes of the layers.
  static func expected(_ order: String, _ fold: String, _ window: Window) throws -> Picture {
    try GDAL.shared.run(
      """
      def canvas(name):
          d = gdal.Open('Mosaic.ImageServer/%s.tif' % name)
          g = d.GetGeoTransform()
          a = d.ReadAsArray().astype(float)
          a[a == -1] = np.nan
          c = np.full((30, 30), np.nan)
          x, y = int(g[0]), int(30 - g[3])
          c[y:y + 20, x:x + 20] = a
          return c
      def pick(s):
          out = np.full((30, 30), np.nan)
          for layer in s: out = np.where(np.isnan(out), layer, out)
          return out
      s = np.array([canvas(n) for n in '\(order)'] or [np.full((30, 30), np.nan)])
      with np.errstate(all='ignore'): p = \(fold)
      p = p[\(30 - Int(window.ymax)):\(30 - Int(window.ymin)), \(Int(window.xmin)):\(Int(window.xmax))]
      give(np.nan_to_num(p), ~np.isnan(p))
      """, in: try #require(DataFolder.current))[0]
  }

  @Test("the first raster that has data is on top", arguments: cases)
  func order(_ example: Case) throws {
    let picture = try server().picture(
      "Mosaic",
      example.window.parameters(3857) + ["mosaicRule": example.rule, "interpolation": "RSP_NearestNeighbor"])
    let difference = Difference(picture, try Self.expected(example.order, "pick(s)", example.window))
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test("operations fold sample by sample, over those that have data", arguments: operations)
  func operation(_ name: String, _ fold: String) throws {
    for spelling in [name, String(name.dropFirst(3)).capitalized] {
      let picture = try server().picture(
        "Mosaic",
        Self.whole.parameters(3857) + [
          "mosaicRule": #"{"mosaicMethod":"esriMosaicNone","mosaicOperation":"\#(spelling)"}"#,
          "interpolation": "RSP_NearestNeighbor",
        ])
      let difference = Difference(picture, try Self.expected("abc", fold, Self.whole))
      #expect(difference.outline == 0, "\(difference)")
      // Means of three in single precision.
      #expect(difference.greatest <= (name == "MT_MEAN" ? 1e-4 : 0), "\(difference)")
    }
  }

  @Test("a blend lies between the least and the greatest, and has data where any raster has")
  func blend() throws {
    let picture = try server().picture(
      "Mosaic",
      Self.whole.parameters(3857) + [
        "mosaicRule": #"{"mosaicOperation":"MT_BLEND"}"#, "interpolation": "RSP_NearestNeighbor",
      ])
    let least = try Self.expected("abc", "np.fmin.reduce(s)", Self.whole)
    let greatest = try Self.expected("abc", "np.fmax.reduce(s)", Self.whole)
    #expect(picture.isData == least.isData)
    #expect(
      picture.samples.indices.allSatisfy { index in
        !picture.isData[index]
          || (least.samples[index] - 1e-3...greatest.samples[index] + 1e-3).contains(picture.samples[index])
      })
    #expect(Difference(picture, try Self.expected("abc", "pick(s)", Self.whole)).count > 50, "more than one is seen")
  }

  @Test(
    "a rule that can't be followed is an error that names it",
    arguments: [
      "{", "[]", "7", #"{"mosaicMethod":"esriMosaicSideways"}"#, #"{"mosaicOperation":"MT_MEDIAN"}"#,
      #"{"mosaicMethod":"esriMosaicLockRaster"}"#, #"{"where":"NoSuchField = 1"}"#, #"{"where":"CloudCover <"}"#,
      #"{"where":"1=1; DROP TABLE rasters"}"#, #"{"fids":["x"]}"#, #"{"viewpoint":{"x":"here"}}"#,
      #"{"lockRasterIds":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21],"mosaicMethod":"LockRaster"}"#,
    ])
  func refusals(_ rule: String) throws {
    let answer = try server().post(
      "Mosaic/ImageServer/exportImage", ["bbox": "0,0,30,30", "mosaicRule": rule, "f": "json"])
    #expect(answer.detail == "'mosaicRule' parameter is invalid.")
  }
}
