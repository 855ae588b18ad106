import Testing

@testable import Datasets

@Suite("Damaged and lying files")
struct DamageTests {
  /// A generator with a seed, so that a failure can be repeated (SplitMix64).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Opens a raster and reads up to 64 blocks of each level. Whatever happens must be an error that is thrown.
  private func readAll(_ path: String) {
    guard let dataset = try? RasterFile.open(path) else { return }
    for (index, level) in dataset.info.levels.enumerated() {
      let columns = (level.width - 1) / level.blockWidth + 1
      let rows = (level.height - 1) / level.blockHeight + 1
      for block in 0..<min(64, columns.multipliedReportingOverflow(by: rows).partialValue) {
        _ = try? dataset.readBlock(level: index, column: block % columns, row: block / columns)
      }
    }
  }

  @Test("Files that were cut or had bytes changed give blocks or errors, never a trap")
  func fuzz() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'YES')
      array = smooth(3, 60, 80)
      tiled = ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=32']
      for compress in ('NONE', 'DEFLATE', 'LZW', 'JPEG', 'LERC_ZSTD', 'ZSTD', 'WEBP', 'PACKBITS', 'LZMA'):
          gdal.GetDriverByName('GTiff').CreateCopy(compress + '.tif', source(array), options=tiled + ['COMPRESS=' + compress])
      gdal.GetDriverByName('GTiff').CreateCopy('strips.tif', source(array, nodata=7), options=['COMPRESS=DEFLATE', 'PREDICTOR=2', 'BIGTIFF=YES', 'ENDIANNESS=BIG'])
      gdal.GetDriverByName('GTiff').CreateCopy('float.tif', source(array, gdal.GDT_Float32), options=['COMPRESS=DEFLATE', 'PREDICTOR=3', 'INTERLEAVE=BAND'])
      gdal.GetDriverByName('GTiff').CreateCopy('fax.tif', source(array[0] > 100), options=['COMPRESS=CCITTFAX4', 'NBITS=1'])
      ds = gdal.GetDriverByName('GTiff').CreateCopy('mask.tif', source(array), options=tiled + ['COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR'])
      ds.CreateMaskBand(gdal.GMF_PER_DATASET); ds.GetRasterBand(1).GetMaskBand().WriteArray((array[0] > 90).astype('u1') * 255)
      ds.BuildOverviews('AVERAGE', [2]); ds = None
      for driver, end in (('PNG', 'png'), ('JPEG', 'jpg')):
          gdal.GetDriverByName(driver).CreateCopy('picture.' + end, source(array))
      open('changed-picture.wld', 'w').write('2\\n0\\n0\\n-2\\n101\\n199\\n')
      open('changed-picture.prj', 'w').write(srs.ExportToWkt())
      """)
    var generator = Generator(state: 20)
    for name in try folder.names(ending: "f") + folder.names(ending: "g") {
      let whole = try folder.bytes(name)
      let changed = "changed-" + name
      for round in 0..<30 {
        var bytes = whole
        if round % 3 == 0 {
          bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
        } else {
          // Half of the changes go to the first kilobyte, where the directory stands.
          for _ in 0..<Int.random(in: 1...12, using: &generator) {
            let end = Bool.random(using: &generator) ? min(1024, bytes.count) : bytes.count
            bytes[Int.random(in: 0..<end, using: &generator)] =
              [0, 1, 0x7F, 0xFF, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
          }
        }
        try folder.write(bytes, to: changed)
        readAll(folder.file(changed))
      }
    }
  }

  /// A TIFF of one uncompressed strip with the fields given on top.
  private func tiff(_ fields: [UInt16: (type: UInt16, count: UInt32, value: UInt32)]) -> [UInt8] {
    var all: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] = [
      256: (4, 1, 4), 257: (4, 1, 4), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, 8), 277: (3, 1, 1),
      278: (4, 1, 4), 279: (4, 1, 16),
    ]
    all.merge(fields) { $1 }
    let order = ByteOrder(isBigEndian: false)
    var bytes: [UInt8] = [0x49, 0x49, 42, 0] + order.bytes(UInt32(24)) + [UInt8](repeating: 5, count: 16)
    bytes += order.bytes(UInt16(all.count))
    for (tag, field) in all.sorted(by: { $0.key < $1.key }) {
      bytes += order.bytes(tag) + order.bytes(field.type) + order.bytes(field.count) + order.bytes(field.value)
    }
    return bytes + order.bytes(UInt32(0))
  }

  private func image(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> TIFFImage {
    try folder.write(bytes, to: "lie.tif")
    return try TIFFImage(TIFFContainer(file: RandomAccessFile(path: folder.file("lie.tif"))).directories()[0])
  }

  @Test("Sizes that can't be are refused before memory is taken for them")
  func lies() throws {
    let folder = try TemporaryFolder()
    #expect(try image(tiff([:]), in: folder).storedRowBytes == 4)
    let huge: UInt32 = 0x7FFF_FFFF
    #expect(throws: RasterError.self) { try image(tiff([256: (4, 1, 0)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([256: (4, 1, 0xFFFF_FFFF)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([256: (4, 1, huge), 257: (4, 1, huge)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([257: (4, 1, huge)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([322: (4, 1, huge), 323: (4, 1, huge)]), in: folder) }
    #expect(throws: RasterError.self) {
      try image(tiff([256: (4, 1, huge), 257: (4, 1, huge), 322: (4, 1, 1), 323: (4, 1, 1)]), in: folder)
    }
    #expect(throws: RasterError.self) { try image(tiff([258: (3, 60000, 8)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([258: (3, 1, 77)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([259: (3, 1, 6)]), in: folder) }
    #expect(throws: RasterError.self) { try image(tiff([274: (3, 1, 3)]), in: folder) }
    // Tiles of 8192 x 8193 bytes: more than 64 MB.
    #expect(throws: RasterError.self) { try image(tiff([322: (4, 1, 8192), 323: (4, 1, 8193)]), in: folder) }
  }

  @Test("YCbCr and CIE L*a*b* are three samples that stand together, in blocks of bounded size", arguments: [6, 8])
  func convertedColours(photometric: UInt32) throws {
    let folder = try TemporaryFolder()
    let plain: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] = [262: (3, 1, photometric), 277: (3, 1, 3)]
    #expect(try image(tiff(plain), in: folder).isConvertedColour)
    for lie: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] in [
      [284: (3, 1, 2), 273: (4, 3, 8), 279: (4, 3, 8)], [277: (3, 1, 1)], [277: (3, 1, 4)],
      [277: (3, 1, 4), 338: (3, 1, 2)], [338: (3, 1, 2)], [258: (3, 1, 1), 322: (4, 1, 8192), 323: (4, 1, 2049)],
    ] {
      let bytes = tiff(plain.merging(lie) { $1 })
      #expect(throws: RasterError.self, "\(lie)") { try image(bytes, in: folder) }
    }
  }

  @Test("A palette belongs to one band of whole numbers of at most 16 bits")
  func palettes() throws {
    let folder = try TemporaryFolder()
    // 48 values of 16 bits for 4 bits a sample, taken from the start of the file.
    let plain: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] = [
      258: (3, 1, 4), 262: (3, 1, 3), 320: (3, 48, 8),
    ]
    #expect(try image(tiff(plain), in: folder).colormap()?.count == 16)
    for other: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] in [
      [277: (3, 1, 3)], [258: (3, 1, 16), 339: (3, 1, 3)], [258: (3, 1, 32)],
    ] {
      #expect(try image(tiff(plain.merging(other) { $1 }), in: folder).colormap() == nil, "\(other)")
    }
  }

  @Test("GeoKeys of more than 16 bits are damage")
  func wideGeoKeys() throws {
    let folder = try TemporaryFolder()
    // As many doubles as can be, from the second one on; the keys lie after the directory.
    let end = UInt32(tiff([34735: (16, 8, 0)]).count)
    var bytes = tiff([34735: (16, 8, end)])
    for number: UInt64 in [1, 1, 0, 1, 2059, 34736, UInt64(Int.max), 1] {
      bytes += ByteOrder(isBigEndian: false).bytes(number)
    }
    let directory = try image(bytes, in: folder).directory
    #expect(throws: RasterError.self) { try GeoKeys(directory) }
  }

  @Test("A block whose bytes lie beyond the end of the file is damaged, the file is not")
  func beyondTheEnd() throws {
    let folder = try TemporaryFolder()
    for field: [UInt16: (type: UInt16, count: UInt32, value: UInt32)] in [
      [273: (4, 1, 1 << 30)], [279: (4, 1, 1 << 30)], [279: (4, 1, 3)],
    ] {
      let reader = try TIFFImageReader(image: image(tiff(field), in: folder))
      #expect(throws: RasterError.self) { try reader.read(x: 0, y: 0, width: 4, height: 4) }
    }
  }

  @Test("A chain of directories that loops ends, and one that points nowhere leaves the directories before it")
  func loops() throws {
    let folder = try TemporaryFolder()
    for next: UInt8 in [24, 255] {
      var bytes = tiff([:])
      bytes[bytes.count - 4] = next
      try folder.write(bytes, to: "loop.tif")
      let container = try TIFFContainer(file: RandomAccessFile(path: folder.file("loop.tif")))
      #expect(try container.directories().count == 1)
    }
  }

  @Test("A raster that can't be placed is refused with what to do", arguments: [true, false])
  func unplaced(hasWorldFile: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write(tiff([:]), to: "lost.tif")
    if hasWorldFile { try folder.write("2\n0\n0\n-2\n101\n199\n", to: "lost.tfw") }
    let error = #expect(throws: RasterError.self) { try RasterFile.open(folder.file("lost.tif")) }
    #expect(error?.reason.contains(hasWorldFile ? "add a .prj" : "add a world file") == true)
    #expect(throws: RasterError.self) { try RasterFile.open(folder.file("none.tif")) }
    try folder.write("hello", to: "text.tif")
    #expect(throws: RasterError.unsupported("text.tif is no TIFF, PNG or JPEG file and no tile package")) {
      try RasterFile.open(folder.file("text.tif"))
    }
  }
}
