import Testing

@Suite(
  "Every format holds the picture that was drawn",
  .serving(
    """
    write('Colors.tif', smooth(3, 40, 50, np.uint8, 0, 5), (0, 0, 500, 400), 'EPSG:3857')
    write('Smooth.tif', smooth(3, 80, 80, np.uint8, 0, 255, noise=0), (0, 0, 800, 800), 'EPSG:3857')
    write('Heights.tif', smooth(2, 40, 50, np.float32, -100, 4000), (0, 0, 500, 400), 'EPSG:3857')
    write('Holes.tif', smooth(1, 40, 50, np.uint16, 0, 9), (0, 0, 500, 400), 'EPSG:3857', nodata=4)
    """))
struct FormatTests {
  /// A third of the picture lies beside the raster.
  static let partly: Parameters = [
    "bbox": "250,0,1000,400", "size": "75,40", "interpolation": "RSP_NearestNeighbor",
  ]
  static let own: Parameters = ["bbox": "0,0,500,400", "size": "50,40", "interpolation": "RSP_NearestNeighbor"]

  func export(_ service: String, _ parameters: Parameters) throws -> HTTPAnswer {
    try server().get("\(service)/ImageServer/exportImage", parameters + ["f": "image"])
  }

  /// The picture `partly` by numpy: 25 columns of the raster, then nothing.
  func expectedPartly() throws -> Picture {
    try GDAL.shared.run(
      """
      a = np.zeros((3, 40, 75))
      a[:, :, :25] = gdal.Open('Colors.tif').ReadAsArray()[:, :, 25:]
      give(a, np.broadcast_to(np.arange(75) < 25, a.shape))
      """, in: try #require(DataFolder.current))[0]
  }

  @Test("png and png32 are transparent beside the data", arguments: ["png", "png32", "PNG32", "jpgpng", ""])
  func alpha(_ format: String) throws {
    let answer = try export("Colors", Self.partly + ["format": format])
    #expect(answer.mediaType == "image/png")
    let difference = Difference(try GDAL.shared.colors(answer.body), try expectedPartly())
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test(
    "png24, bmp and jpg are white beside the data",
    arguments: [("png24", "image/png"), ("bmp", "image/bmp"), ("jpg", "image/jpeg")])
  func background(_ format: String, _ type: String) throws {
    let answer = try export("Colors", Self.partly + ["format": format, "compressionQuality": "100"])
    #expect(answer.mediaType == type)
    let picture = try GDAL.shared.read(answer.body)
    let expected = try expectedPartly()
    for index in expected.samples.indices {
      let there = expected.isData[index] ? expected.samples[index] : 255
      // The edge between white and dark rings in JPEG.
      #expect(abs(picture.samples[index] - there) <= (format == "jpg" ? 40 : 0))
    }
  }

  @Test("png8 and gif hold up to 255 colours exactly", arguments: [("png8", "image/png"), ("gif", "image/gif")])
  func palette(_ format: String, _ type: String) throws {
    let answer = try export("Colors", Self.partly + ["format": format])
    #expect(answer.mediaType == type)
    // 6 x 6 x 6 colours at most.
    let difference = Difference(try GDAL.shared.colors(answer.body), try expectedPartly())
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
  }

  @Test("jpgpng is JPEG where every pixel has data")
  func jpegWhenOpaque() throws {
    let answer = try export("Smooth", ["bbox": "0,0,800,800", "size": "80,80", "format": "jpgpng"])
    #expect(answer.mediaType == "image/jpeg")
    #expect(answer.body.starts(with: [0xFF, 0xD8, 0xFF]))
  }

  @Test("JPEG is near the pixels, and the nearer the higher the quality")
  func quality() throws {
    let expected = try GDAL.shared.run(
      "give(gdal.Open('Smooth.tif').ReadAsArray())", in: try #require(DataFolder.current))[0]
    var errors: [Double] = []
    var sizes: [Int] = []
    for quality in [10, 75, 95] {
      let answer = try export(
        "Smooth", ["bbox": "0,0,800,800", "size": "80,80", "format": "jpg", "compressionQuality": "\(quality)"])
      let picture = try GDAL.shared.read(answer.body)
      errors.append(
        zip(picture.samples, expected.samples).map { abs($0 - $1) }.reduce(0, +) / Double(expected.samples.count))
      sizes.append(answer.body.count)
    }
    #expect(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] < 4, "\(errors)")
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
  }

  @Test(
    "a TIFF is compressed as asked",
    arguments: [("", "None"), ("None", "None"), ("LZ77", "DEFLATE"), ("JPEG", "YCbCr JPEG|JPEG"), ("lz77", "DEFLATE")])
  func compression(_ name: String, _ expected: String) throws {
    let answer = try export(
      "Smooth", ["bbox": "0,0,800,800", "size": "80,80", "format": "tiff", "compression": name])
    #expect(answer.mediaType == "image/tiff")
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "picture.tif")
    try GDAL.shared.run(
      """
      d = gdal.Open('picture.tif')
      c = d.GetMetadataItem('COMPRESSION', 'IMAGE_STRUCTURE') or 'None'
      assert c in '\(expected)'.split('|'), c
      a, b = d.ReadAsArray().astype(float), gdal.Open('\(try dataFile("Smooth.tif"))').ReadAsArray()
      assert np.abs(a - b).mean() <= (5 if 'JPEG' in c else 1), np.abs(a - b).mean()
      """, in: folder)
  }

  @Test("bip and bsq are little-endian samples, then one bit a pixel for the data", arguments: ["bip", "bsq"])
  func raw(_ format: String) throws {
    let answer = try export("Heights", Self.partly + ["format": format])
    #expect(answer.mediaType == "application/octet-stream")
    // 75 x 40 pixels, 2 bands, 4 bytes; 3000 bits.
    try #require(answer.body.count == 75 * 40 * 2 * 4 + 375)
    let source = try GDAL.shared.run(
      "give(gdal.Open('Heights.tif').ReadAsArray())", in: try #require(DataFolder.current))[0]
    func sample(_ index: Int) -> Double {
      let bytes = answer.body[(index * 4)..<(index * 4 + 4)]
      return Double(Float(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }))
    }
    for row in 0..<40 {
      for column in 0..<75 {
        let pixel = row * 75 + column
        let hasData = answer.body[24000 + pixel / 8] >> (7 - pixel % 8) & 1 == 1
        #expect(hasData == (column < 25))
        guard hasData else { continue }
        for band in 0..<2 {
          #expect(
            sample(format == "bip" ? pixel * 2 + band : band * 3000 + pixel) == source[column + 25, row, band])
        }
      }
    }
  }

  @Test(
    "LERC keeps within the tolerance and holds the mask, in both generations", arguments: ["1", "2", ""],
    ["", "0", "5"])
  func lerc(_ version: String, _ tolerance: String) throws {
    let answer = try export(
      "Heights",
      Self.partly + [
        "format": "lerc", "lercVersion": version, "compressionTolerance": tolerance, "compression": "LERC",
      ])
    #expect(answer.body.starts(with: Array((version == "1" ? "CntZImage " : "Lerc2 ").utf8)))
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "blobs")
    let limit = tolerance.isEmpty ? 0.01 : (Double(tolerance) ?? 0)
    try GDAL.shared.run(
      """
      import ctypes
      L = ctypes.CDLL('libLerc.so.4')
      data = open('blobs', 'rb').read()
      a = gdal.Open('\(try dataFile("Heights.tif"))').ReadAsArray()
      # One blob after the other, or one that holds both bands.
      info = (ctypes.c_uint * 11)()
      at, bands = 0, []
      while at < len(data):
          rest = data[at:]
          assert L.lerc_getBlobInfo(rest, len(rest), info, None, 11, 0) == 0
          count, width, height, size = info[5], info[3], info[4], info[7]
          assert (width, height) == (75, 40), (width, height)
          out = np.zeros((count, height, width))
          mask = np.zeros((height, width), np.uint8)
          assert L.lerc_decodeToDouble(rest, len(rest), 1, mask.ctypes.data_as(ctypes.c_void_p), info[2], width, height,
                                       count, out.ctypes.data_as(ctypes.c_void_p)) == 0
          assert (mask[:, :25] == 1).all() and (mask[:, 25:] == 0).all()
          bands += list(out)
          at += size
      assert len(bands) == 2, len(bands)
      for b, s in zip(bands, a):
          # The bound holds up to the rounding of single precision.
          assert np.abs(b[:, :25] - s[:, 25:]).max() <= \(limit) + 1e-3, np.abs(b[:, :25] - s[:, 25:]).max()
      """, in: folder)
  }

  @Test("an unknown format is jpgpng, as on a live server")
  func unknown() throws {
    let answer = try export("Colors", Self.partly + ["format": "webp"])
    #expect(answer.mediaType == "image/png")
  }

  @Test("a value that stands for no data stays out of PNG and is named in TIFF")
  func nodataOfTheRaster() throws {
    let expected = try GDAL.shared.run(
      "a = gdal.Open('Holes.tif').ReadAsArray(); give(a, a != 4)", in: try #require(DataFolder.current))[0]
    let picture = try server().picture("Holes", Self.own)
    let difference = Difference(picture, expected)
    #expect(difference.outline == 0 && difference.count == 0, "\(difference)")
    let png = try GDAL.shared.read(try export("Holes", Self.own + ["format": "png32"]).body)
    #expect((0..<2000).allSatisfy { png.isData[$0 * 3] == expected.isData[$0] })
  }

  @Test("kmz is an archive of a document and a picture in degrees")
  func kmz() throws {
    let answer = try server().get(
      "Colors/ImageServer/exportImage", ["bbox": "0,0,500,500", "size": "50,50", "imageSR": "3857", "f": "kmz"])
    #expect(answer.mediaType == "application/vnd.google-earth.kmz")
    let folder = try TemporaryFolder()
    try folder.write(answer.body, to: "a.kmz")
    let box = try GDAL.shared.run(
      """
      import zipfile
      import xml.etree.ElementTree as xml
      z = zipfile.ZipFile('a.kmz')
      assert z.testzip() is None
      assert z.namelist()[0] == 'doc.kml', z.namelist()
      k = '{http://www.opengis.net/kml/2.2}'
      overlay = xml.fromstring(z.read('doc.kml')).find(k + 'GroundOverlay')
      picture = z.read(overlay.find(k + 'Icon/' + k + 'href').text)
      gdal.FileFromMemBuffer('/vsimem/kmz', picture)
      d = gdal.Open('/vsimem/kmz')
      assert (d.RasterXSize, d.RasterYSize) == (50, 50)
      give(np.array([[float(overlay.find(k + 'LatLonBox/' + k + n).text) for n in ('west', 'south', 'east', 'north')]]))
      """, in: folder)[0].samples
    // 500 m are 500 / 6378137 radians at the equator; the box grows to squares of degrees.
    let degrees = 500 / 6_378_137.0 * 180 / Double.pi
    for (edge, expected) in zip(box, [0, 0, degrees, degrees]) { #expect(abs(edge - expected) < 1e-7) }
  }
}
