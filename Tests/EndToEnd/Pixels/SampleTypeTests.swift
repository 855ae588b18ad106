import Testing

@Suite(
  "Bands and pixel types",
  .serving(
    """
    write('Four.tif', smooth(4, 40, 50, np.uint8, 0, 255), (0, 0, 500, 400), 'EPSG:3857', options=['ALPHA=NO'])
    write('Alpha.tif', smooth(4, 40, 50, np.uint8, 0, 3), (0, 0, 500, 400), 'EPSG:3857', options=['ALPHA=YES'])
    write('Classes.tif', np.random.RandomState(1).randint(0, 4, (40, 50)).astype(np.uint8), (0, 0, 500, 400), 'EPSG:3857')
    s = smooth(1, 40, 50, np.int16, -3000, 3000)
    write('Signed.tif', s, (0, 0, 500, 400), 'EPSG:3857')
    write('Big.tif', (smooth(1, 40, 50, np.float64, -1, 1) * 1e10).round(), (0, 0, 500, 400), 'EPSG:3857')
    for t in ('uint8', 'uint16', 'int16', 'uint32', 'int32', 'float32', 'float64'):
        write('Type_%s.tif' % t, smooth(1, 40, 50, np.dtype(t).type, 0, 120), (0, 0, 500, 400), 'EPSG:3857')
    write('Palette.tif', np.arange(2000).reshape(40, 50).astype(np.uint8) % 5, (0, 0, 500, 400), 'EPSG:3857',
          palette=[(10, 20, 30, 255), (200, 0, 0, 255), (0, 200, 0, 255), (0, 0, 200, 255), (250, 250, 0, 255)])
    """))
struct SampleTypeTests {
  static let own: Parameters = [
    "bbox": "0,0,500,400", "size": "50,40", "interpolation": "RSP_NearestNeighbor",
  ]

  @Test("bandIds are counted from 0 and drawn in their order", arguments: ["0", "3,0,1", "2,1,0", "1,1,1", "3,2,1,0"])
  func bandIds(_ ids: String) throws {
    let expected = try GDAL.shared.run(
      "give(gdal.Open('Four.tif').ReadAsArray()[[\(ids)]])", in: try #require(DataFolder.current))[0]
    #expect(try server().picture("Four", Self.own + ["bandIds": ids]) == expected)
  }

  @Test("all bands are drawn when none are named; 8-bit formats show the first three")
  func allBands() throws {
    let expected = try GDAL.shared.run(
      "a = gdal.Open('Four.tif').ReadAsArray(); give(a); give(a[:3])", in: try #require(DataFolder.current))
    #expect(try server().picture("Four", Self.own) == expected[0])
    #expect(try server().picture("Four", Self.own + ["format": "png24"]) == expected[1])
  }

  /// A type, its range, and how GDAL calls it.
  static let types = [
    ("U8", "0, 255", "Byte"), ("S8", "-128, 127", "Byte"), ("U16", "0, 65535", "UInt16"),
    ("S16", "-32768, 32767", "Int16"), ("U32", "0, 4294967295", "UInt32"), ("S32", "-2147483648, 2147483647", "Int32"),
    ("U1", "0, 1", "Byte"), ("U2", "0, 3", "Byte"), ("U4", "0, 15", "Byte"), ("F64", "-1e300, 1e300", "Float64"),
  ]

  @Test("values beyond the range of pixelType are held at its ends", arguments: types, ["Signed", "Big"])
  func clamping(_ type: (name: String, range: String, gdal: String), _ service: String) throws {
    let expected = try GDAL.shared.run(
      "give(np.clip(gdal.Open('\(service).tif').ReadAsArray().astype(float), \(type.range)))",
      in: try #require(DataFolder.current))[0]
    let answer = try server().get(
      "\(service)/ImageServer/exportImage", Self.own + ["format": "tiff", "f": "image", "pixelType": type.name])
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "picture.tif")
    let picture = try GDAL.shared.run(
      """
      d = gdal.Open('picture.tif')
      assert gdal.GetDataTypeName(d.GetRasterBand(1).DataType) == '\(type.gdal)', gdal.GetDataTypeName(d.GetRasterBand(1).DataType)
      a = d.ReadAsArray()
      give(a.view(np.int8) if '\(type.name)' == 'S8' else a)
      """, in: folder)[0]
    #expect(picture.samples == expected.samples)
  }

  @Test(
    "a TIFF has the pixel type of the data",
    arguments: ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
  func ownType(_ type: String) throws {
    let folder = try #require(DataFolder.current)
    let answer = try server().get(
      "Type_\(type)/ImageServer/exportImage", Self.own + ["format": "tiff", "f": "image"])
    let output = try TemporaryFolder()
    try output.write(answer.body, to: "picture.tif")
    let pictures = try GDAL.shared.run(
      """
      a = gdal.Open('\(output.path("picture.tif"))').ReadAsArray()
      assert str(a.dtype) == '\(type)', a.dtype
      give(a)
      give(gdal.Open('Type_\(type).tif').ReadAsArray())
      """, in: folder)
    #expect(pictures[0] == pictures[1])
  }

  @Test("formats of 8 bits are stretched from two standard deviations below the mean to two above")
  func stretch() throws {
    let expected = try GDAL.shared.run(
      """
      a = gdal.Open('Signed.tif').ReadAsArray().astype(float)
      low, high = max(a.min(), a.mean() - 2 * a.std()), min(a.max(), a.mean() + 2 * a.std())
      give(np.clip((a - low) / (high - low) * 255, 0, 255))
      """, in: try #require(DataFolder.current))[0]
    let picture = try GDAL.shared.read(
      try server().get("Signed/ImageServer/exportImage", Self.own + ["format": "png32", "f": "image"]).body)
    for pixel in 0..<2000 {
      for band in 0..<3 { #expect(abs(picture.samples[pixel * 3 + band] - expected.samples[pixel]) <= 1) }
    }
  }

  @Test("a palette is drawn in its colours, as indices where the format keeps the data")
  func palette() throws {
    let expected = try GDAL.shared.run(
      """
      a = gdal.Open('Palette.tif').ReadAsArray()
      colors = np.array([(10, 20, 30), (200, 0, 0), (0, 200, 0), (0, 0, 200), (250, 250, 0)])
      give(np.moveaxis(colors[a], 2, 0))
      give(a)
      """, in: try #require(DataFolder.current))
    for interpolation in ["RSP_NearestNeighbor", "RSP_BilinearInterpolation", "RSP_CubicConvolution"] {
      let parameters = Self.own + ["interpolation": interpolation]
      #expect(try server().picture("Palette", parameters + ["format": "png24"]) == expected[0])
      #expect(try server().picture("Palette", parameters) == expected[1])
    }
  }

  @Test("the rendering rule None switches the colours of a palette off")
  func paletteWithoutColors() throws {
    let expected = try GDAL.shared.run(
      "a = gdal.Open('Palette.tif').ReadAsArray(); give(np.array([a, a, a]))", in: try #require(DataFolder.current))[0]
    let picture = try server().picture(
      "Palette", Self.own + ["format": "png32", "renderingRule": #"{"rasterFunction":"None"}"#])
    #expect(picture == expected)
  }

  @Test("majority is the most frequent value under the pixel")
  func majority() throws {
    // Each pixel of the picture covers 5 by 4 pixels of the raster. Blocks without a single winner take no part.
    let expected = try GDAL.shared.run(
      """
      a = gdal.Open('Classes.tif').ReadAsArray().reshape(10, 4, 10, 5)
      counts = np.array([(a == v).sum(axis=(1, 3)) for v in range(4)])
      give(counts.argmax(axis=0))
      give((counts == counts.max(axis=0)).sum(axis=0) == 1)
      """, in: try #require(DataFolder.current))
    let picture = try server().picture(
      "Classes", Window(0, 0, 500, 400, 10, 10).parameters(3857) + ["interpolation": "RSP_Majority"])
    let difference = Difference(picture, expected[0], settled: expected[1])
    #expect(difference.common > 60 && difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test("an alpha band is a mask, not a band")
  func alpha() throws {
    let expected = try GDAL.shared.run(
      "a = gdal.Open('Alpha.tif').ReadAsArray(); give(a[:3] * (a[3] != 0), np.array([a[3] != 0] * 3))",
      in: try #require(DataFolder.current))[0]
    let difference = Difference(try server().picture("Alpha", Self.own + ["format": "png32"]), expected)
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
    #expect(try server().get("Alpha/ImageServer", ["f": "json"]).json["bandCount"] == 3)
  }
}
