import Pixels
import Testing

@testable import Datasets

@Suite("PNG and JPEG")
struct PictureTests {
  /// A world file and a `.prj` for each picture, and GDAL's reading of it.
  private static let prelude = """
    import os
    def picture(driver, name, ds, *options):
        gdal.GetDriverByName(driver).CreateCopy(name, ds, options=list(options))
        dump(name)
        if os.path.exists(name + '.aux.xml'): os.remove(name + '.aux.xml')
        stem, end = name.rsplit('.', 1)
        open(stem + '.' + end[0] + end[-1] + 'w', 'w').write('2\\n0\\n0\\n-2\\n101\\n199\\n')
        open(stem + '.prj', 'w').write(srs.ExportToWkt(['FORMAT=WKT1_ESRI']))

    """

  @Test("PNGs of every colour type and depth give GDAL's samples and masks")
  func png() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      Self.prelude + """
        array = smooth(4, 60, 70)
        array[3] = np.where(array[3] > 100, array[3], 0)
        A = gdal.GCI_AlphaBand
        rgba = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, A]
        for kind, gdt, scale in (('8', gdal.GDT_Byte, 1), ('16', gdal.GDT_UInt16, 250)):
            picture('PNG', 'grey%s.png' % kind, source(array[0] * scale, gdt))
            picture('PNG', 'rgb%s.png' % kind, source(array[:3] * scale, gdt))
            picture('PNG', 'greya%s.png' % kind, source(array[[0, 3]] * scale, gdt, interpretation=[gdal.GCI_GrayIndex, A]))
            picture('PNG', 'rgba%s.png' % kind, source(array * scale, gdt, interpretation=rgba))
            picture('PNG', 'greyt%s.png' % kind, source(array[0] * scale, gdt, nodata=float(int(array[0, 0, 0] * scale))))
        for bits in (1, 2, 4):
            picture('PNG', 'bits%d.png' % bits, source(array[0] // (256 >> bits)), 'NBITS=%d' % bits)
        coloured = source(array[0] // 32)
        table = gdal.ColorTable()
        for i in range(8): table.SetColorEntry(i, (i * 30, 255 - i, i, 255))
        coloured.GetRasterBand(1).SetRasterColorTable(table)
        picture('PNG', 'palette.png', coloured)
        """)
    for file in try folder.names(ending: ".png") { try expectSameAsGDAL(folder.file(file)) }
    let info = try RasterFile.open(folder.file("palette.png")).info
    #expect(info.format == "PNG")
    #expect(info.colormap?[3] == SIMD4(90, 252, 3, 255))
    #expect(info.files == ["palette.png", "palette.pgw", "palette.prj"])
    // The world file gives the middle of the first pixel, (101, 199), and pixels of 2 by 2.
    #expect(info.georeference.originX == 100)
    #expect(info.georeference.originY == 200)
    #expect(info.georeference.pixelWidth == 2)
    #expect(info.georeference.spatialReference.latestWkid == 32628)
  }

  @Test("JPEGs, grey, RGB, CMYK and progressive, give GDAL's samples")
  func jpeg() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      Self.prelude + """
        array = smooth(4, 90, 110)
        picture('JPEG', 'grey.jpg', source(array[0]))
        picture('JPEG', 'rgb.jpg', source(array[:3]))
        picture('JPEG', 'progressive.jpg', source(array[:3]), 'PROGRESSIVE=ON')
        picture('JPEG', 'cmyk.jpg', source(array))
        """)
    for file in try folder.names(ending: ".jpg") { try expectSameAsGDAL(folder.file(file)) }
  }

  @Test("A picture that is read from the bottom up gives the same blocks, and hands on those it passes")
  func passing() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(in: folder, Self.prelude + "picture('PNG', 'tall.png', source(smooth(3, 500, 2000)))")
    let dataset = try RasterFile.open(folder.file("tall.png"))
    let level = dataset.info.levels[0]
    let rows = (level.height + level.blockHeight - 1) / level.blockHeight
    #expect(rows == 3)
    var passed: [Int: PixelBlock] = [:]
    let last = try dataset.readBlock(level: 0, column: 0, row: rows - 1) { _, row, block in passed[row] = block }
    #expect(Set(passed.keys) == Set(0..<(rows - 1)))
    passed[rows - 1] = last
    let again = try RasterFile.open(folder.file("tall.png"))
    for row in (0..<rows).reversed() {
      #expect(try again.readBlock(level: 0, column: 0, row: row).samples == passed[row]?.samples)
    }
  }

  @Test("A JPEG that was cut short is damaged where it ends, not grey")
  func cutShort() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(in: folder, Self.prelude + "picture('JPEG', 'whole.jpg', source(smooth(3, 400, 300)))")
    let bytes = try folder.bytes("whole.jpg")
    try folder.write([UInt8](bytes.prefix(bytes.count / 2)), to: "whole.jpg")
    let dataset = try RasterFile.open(folder.file("whole.jpg"))
    #expect(throws: RasterError.self) { try dataset.readBlock(level: 0, column: 0, row: 0) }
  }

  @Test("Overviews and a mask beside a picture are used")
  func beside() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      Self.prelude + """
        gdal.GetDriverByName('PNG').CreateCopy('o.png', source(smooth(3, 80, 90)))
        gdal.Open('o.png').BuildOverviews('AVERAGE', [2, 4])
        picture('PNG', 'm.png', source(smooth(3, 80, 90)))
        ds = gdal.Open('m.png'); ds.CreateMaskBand(gdal.GMF_PER_DATASET)
        ds.GetRasterBand(1).GetMaskBand().WriteArray((smooth(1, 80, 90)[0] > 90).astype('u1') * 255); ds = None
        dump('m.png'); dump('o.png')
        open('o.pgw', 'w').write(open('m.pgw').read()); open('o.prj', 'w').write(open('m.prj').read())
        """)
    for file in ["o.png", "m.png"] { try expectSameAsGDAL(folder.file(file)) }
    #expect(try RasterFile.open(folder.file("o.png")).info.levels.map(\.width) == [90, 45, 23])
    #expect(try RasterFile.open(folder.file("m.png")).info.hasMask)
    #expect(try RasterFile.open(folder.file("m.png")).info.files.contains("m.png.msk"))
  }

  @Test("A colour or palette entry that is transparent is no data")
  func transparency() {
    let rgb = PictureHead(
      format: "PNG", compression: "PNG", width: 3, height: 1, sample: .u16, samples: 3, transparent: [1, 2, 300],
      isWhole: false)
    let pixels: [[UInt16]] = [[1, 2, 300], [1, 2, 301], [0, 0, 0]]
    #expect(rgb.separate(pixels.flatMap { $0.flatMap(ByteOrder.host.bytes) }).transparency == [0, 255, 255])
    let palette = PictureHead(
      format: "PNG", compression: "PNG", width: 3, height: 1, sample: .u8, samples: 1,
      colormap: [SIMD4(1, 1, 1, 255), SIMD4(2, 2, 2, 0)], isWhole: false)
    #expect(palette.separate([0, 1, 2]).transparency == [255, 0, 255])
  }
}
