import Testing

@testable import Datasets

@Suite("TIFF compressions")
struct TIFFCodecTests {
  @Test("Every lossless compression, with its predictors, gives GDAL's samples")
  func lossless() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      rgb = smooth(3, 70, 90)
      kinds = {'u8': (gdal.GDT_Byte, rgb), 'u16': (gdal.GDT_UInt16, rgb * 100), 's16': (gdal.GDT_Int16, rgb * 100 - 9000),
               'f32': (gdal.GDT_Float32, rgb / 7), 's32': (gdal.GDT_Int32, rgb * 1e6 - 1e8), 'f64': (gdal.GDT_Float64, rgb / 7)}
      for kind, (gdt, array) in kinds.items():
          for compress in ('LZW', 'DEFLATE', 'ZSTD', 'PACKBITS', 'LZMA', 'LERC', 'LERC_DEFLATE', 'LERC_ZSTD'):
              for predictor in ('1', '2', '3'):
                  if predictor != '1' and compress not in ('LZW', 'DEFLATE', 'ZSTD'): continue
                  if predictor == '3' and kind[0] != 'f': continue
                  for endian in ('LITTLE', 'BIG'):
                      if compress.startswith('LERC') and endian == 'BIG': continue
                      for interleave in ('PIXEL', 'BAND'):
                          if interleave == 'BAND' and kind in ('f64', 's32'): continue
                          written = array
                          # libtiff swaps the bytes once too often when it writes these; read they are right.
                          if predictor == '3' and endian == 'BIG': written = array.astype(kind[0] + str(int(kind[1:]) // 8)).byteswap()
                          tiff('-'.join([kind, compress, predictor, endian, interleave]) + '.tif', source(written, gdt),
                               'COMPRESS=' + compress, 'PREDICTOR=' + predictor, 'ENDIANNESS=' + endian,
                               'TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=48', 'INTERLEAVE=' + interleave)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
  }

  @Test("CCITT fax and packed bits give GDAL's bits")
  func bilevel() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      bits = (smooth(1, 70, 93) > 100).astype('u1')
      for compress in ('CCITTRLE', 'CCITTFAX3', 'CCITTFAX4', 'NONE', 'DEFLATE', 'LZW', 'PACKBITS'):
          for white in ('MINISBLACK', 'MINISWHITE'):
              tiff(compress + white + '.tif', source(bits), 'NBITS=1', 'COMPRESS=' + compress, 'PHOTOMETRIC=' + white)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
  }

  @Test("JPEG, grey and YCbCr and with bands apart, is decoded as libtiff does for GDAL")
  func jpeg() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      rgb = smooth(3, 100, 130)
      tiled = ['TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64']
      tiff('ycbcr.tif', source(rgb), 'COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR', *tiled)
      tiff('strips.tif', source(rgb), 'COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR', 'BLOCKYSIZE=16')
      tiff('rgb.tif', source(rgb), 'COMPRESS=JPEG', *tiled)
      tiff('grey.tif', source(rgb[0]), 'COMPRESS=JPEG', *tiled)
      tiff('apart.tif', source(rgb), 'COMPRESS=JPEG', 'INTERLEAVE=BAND', *tiled)
      tiff('five.tif', source(smooth(5, 100, 130)), 'COMPRESS=JPEG', *tiled)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
  }

  @Test("WebP, with and without alpha, gives GDAL's samples")
  func webp() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      rgb = smooth(4, 100, 130)
      rgb[3] = np.where(rgb[3] > 100, 255, 0)
      colours = [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]
      tiled = ['TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=64', 'COMPRESS=WEBP']
      tiff('rgb.tif', source(rgb[:3]), 'WEBP_LOSSLESS=YES', *tiled)
      tiff('lossy.tif', source(rgb[:3]), *tiled)
      tiff('rgba.tif', source(rgb, interpretation=colours), 'WEBP_LOSSLESS=YES', *tiled)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
  }
}
