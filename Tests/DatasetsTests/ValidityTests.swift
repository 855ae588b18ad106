import Pixels
import Testing

@testable import Datasets

@Suite("What is data")
struct ValidityTests {
  @Test("Nodata values, masks, alpha channels and overviews hide what GDAL says they hide")
  func masks() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      array = smooth(3, 200, 300)
      array[:, 20:60, 30:90] = 7
      array[1, 100:110, :] = 7
      hole = np.where((np.arange(300) % 50 < 10)[None, :] & np.ones((200, 1), bool), 0, 255)
      tiled = ['TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64']
      def masked(name, array, *options, kind=gdal.GDT_Byte, inside='YES', flags=gdal.GMF_PER_DATASET, ovr=None, build=True):
          gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', inside)
          gdal.GetDriverByName('GTiff').CreateCopy(name, source(array, kind), options=list(options))
          ds = gdal.Open(name, gdal.GA_Update); ds.CreateMaskBand(flags); ds.GetRasterBand(1).GetMaskBand().WriteArray(hole); ds = None
          if build: gdal.Open(name, gdal.GA_ReadOnly if ovr else gdal.GA_Update).BuildOverviews('NEAREST', [2, 4])
          dump(name)
      tiff('nodata.tif', source(array, nodata=7), *tiled)
      tiff('one.tif', source(array[0], nodata=7), 'COMPRESS=LZW')
      tiff('beyond.tif', source(array, nodata=-9999), *tiled)
      tiff('float.tif', source(np.where(array == 7, -3.4028234663852886e38, array / 3), gdal.GDT_Float32, nodata=-3.4028234663852886e38))
      tiff('nan.tif', source(np.where(array == 7, np.nan, array / 3), gdal.GDT_Float32, nodata=np.nan))
      tiff('s16.tif', source(np.where(array == 7, -32768, array), gdal.GDT_Int16, nodata=-32768), 'COMPRESS=DEFLATE', 'PREDICTOR=2')
      masked('inside.tif', array, *tiled)
      masked('jpeg.tif', array, 'COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR', *tiled)
      masked('strips.tif', array, 'COMPRESS=DEFLATE')
      masked('outside.tif', array, *tiled, inside='NO', build=False)
      masked('besides.tif', array, *tiled, inside='NO', ovr=True)
      rgba = np.concatenate([array, hole[None]])
      colours = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]
      tiff('alpha.tif', source(rgba, interpretation=colours), *tiled)
      tiff('apart.tif', source(rgba, interpretation=colours), 'INTERLEAVE=BAND', 'COMPRESS=DEFLATE')
      tiff('alpha16.tif', source(rgba * 256, gdal.GDT_UInt16, interpretation=colours))
      for name in ('internal', 'external'):
          gdal.GetDriverByName('GTiff').CreateCopy(name + '.tif', source(array[0]), options=tiled + ['COMPRESS=DEFLATE'])
          gdal.Open(name + '.tif', gdal.GA_Update if name == 'internal' else gdal.GA_ReadOnly).BuildOverviews('AVERAGE', [2, 4, 8])
          dump(name + '.tif')
      sparse = gdal.GetDriverByName('GTiff').Create('sparse.tif', 300, 200, 1, gdal.GDT_Byte, tiled + ['SPARSE_OK=YES'])
      sparse.SetGeoTransform([0, 1, 0, 0, 0, -1]); sparse.SetProjection(srs.ExportToWkt())
      sparse.GetRasterBand(1).WriteArray(array[0, :64, :64], 64, 64); sparse = None
      dump('sparse.tif')
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
    #expect(try RasterFile.open(folder.file("beyond.tif")).info.noData == [nil, nil, nil])
    #expect(try RasterFile.open(folder.file("nodata.tif")).info.noData == [7, 7, 7])
    #expect(try RasterFile.open(folder.file("alpha.tif")).info.bands == 3)
    #expect(try RasterFile.open(folder.file("alpha.tif")).info.hasMask)
    #expect(
      try RasterFile.open(folder.file("besides.tif")).info.files == [
        "besides.tif", "besides.tif.ovr", "besides.tif.msk", "besides.tif.msk.ovr",
      ])
  }

  @Test("An overview that has no mask, where the base has one, is not used")
  func unmaskedOverview() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'NO')
      gdal.GetDriverByName('GTiff').CreateCopy('a.tif', source(smooth(1, 40, 60)))
      ds = gdal.Open('a.tif', gdal.GA_Update); ds.CreateMaskBand(gdal.GMF_PER_DATASET)
      ds.GetRasterBand(1).GetMaskBand().WriteArray(np.zeros((40, 60), 'u1')); ds = None
      gdal.Open('a.tif', gdal.GA_Update).BuildOverviews('NEAREST', [2])
      """)
    let dataset = try RasterFile.open(folder.file("a.tif"))
    #expect(dataset.info.levels.map(\.width) == [60])
    #expect(try dataset.readBlock(level: 0, column: 0, row: 0).validity == .none)
  }

  @Test("NaN is no data also where no nodata value says so")
  func nan() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder, "tiff('nan.tif', source(np.array([[1, np.nan, 3], [4, 5, np.nan]]), gdal.GDT_Float32))")
    let block = try RasterFile.open(folder.file("nan.tif")).readBlock(level: 0, column: 0, row: 0)
    #expect(block.validity == .pixels([255, 0, 255, 255, 255, 0]))
  }

  @Test("Validity is told in the shortest form")
  func shortest() throws {
    let noData = NoData(pixelType: .u8, values: [0, 9])
    #expect(noData.validity(of: [1, 1, 2, 2]) == .all)
    #expect(noData.validity(of: [0, 9, 0, 9]) == .none)
    #expect(noData.validity(of: [0, 9, 1, 1]) == .pixels([0, 255]))
    #expect(noData.validity(of: [0, 1, 1, 1]) == .samples([0, 255, 255, 255]))
  }

  @Test("Palettes keep their numbers and colours; bilevel white-is-zero keeps its bits")
  func palettes() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      ds = source(smooth(1, 30, 40) // 64)
      table = gdal.ColorTable()
      for i in range(4): table.SetColorEntry(i, (i * 60, 200 - i, 17 * i, 255))
      ds.GetRasterBand(1).SetRasterColorTable(table)
      for bits in (2, 4, 8): tiff('p%d.tif' % bits, ds, 'NBITS=%d' % bits)
      tiff('white.tif', source((smooth(1, 30, 40) > 100).astype('u1')), 'NBITS=1', 'PHOTOMETRIC=MINISWHITE')
      """)
    for bits in [2, 4, 8] {
      try expectSameAsGDAL(folder.file("p\(bits).tif"))
      let colormap = try #require(try RasterFile.open(folder.file("p\(bits).tif")).info.colormap)
      #expect(colormap.count == 1 << bits)
      #expect(colormap[3] == SIMD4(180, 197, 51, 255))
    }
    try expectSameAsGDAL(folder.file("white.tif"))
    #expect(
      try RasterFile.open(folder.file("white.tif")).info.colormap == [SIMD4(255, 255, 255, 255), SIMD4(0, 0, 0, 255)])
  }
}
