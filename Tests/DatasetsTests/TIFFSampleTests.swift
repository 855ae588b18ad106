import Pixels
import Testing

@testable import Datasets

@Suite("TIFF samples")
struct TIFFSampleTests {
  @Test("Integers, floats and the real part of complex numbers of every width are read as GDAL reads them")
  func types() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      base = smooth(2, 40, 50)
      kinds = {'UInt16': gdal.GDT_UInt16, 'Int16': gdal.GDT_Int16, 'UInt32': gdal.GDT_UInt32, 'Int32': gdal.GDT_Int32,
               'UInt64': gdal.GDT_UInt64, 'Int64': gdal.GDT_Int64, 'Float32': gdal.GDT_Float32, 'Float64': gdal.GDT_Float64,
               'CInt16': gdal.GDT_CInt16, 'CInt32': gdal.GDT_CInt32, 'CFloat32': gdal.GDT_CFloat32, 'CFloat64': gdal.GDT_CFloat64}
      for name, kind in kinds.items():
          array = base * 100
          if name == 'UInt64': array = (base * 1e9).astype('u8')
          elif name == 'Int64': array = ((base - 90) * 1e9).astype('i8')
          elif not name.startswith('U'): array = array - 9000
          if name.startswith('C'): array = array + 1j * base
          for endian in ('LITTLE', 'BIG'):
              for compress in ('NONE', 'LZW', 'DEFLATE'):
                  tiff(name + endian + compress + '.tif', source(array, kind), 'ENDIANNESS=' + endian, 'COMPRESS=' + compress)
      tiff('S8.tif', source(base), 'PIXELTYPE=SIGNEDBYTE')
      """)
    for file in try folder.names(ending: ".tif") where file != "S8.tif" { try expectSameAsGDAL(folder.file(file)) }
    // GDAL 3.6 reads signed bytes as unsigned ones and says so in the metadata.
    let signed = try RasterFile.open(folder.file("S8.tif"))
    #expect(signed.info.pixelType == .s8)
    let types: [String: PixelType] = [
      "UInt16": .u16, "Int16": .s16, "UInt32": .u32, "Int32": .s32, "UInt64": .f64, "Int64": .f64, "Float32": .f32,
      "Float64": .f64, "CInt16": .s16, "CInt32": .s32, "CFloat32": .f32, "CFloat64": .f64,
    ]
    for (name, type) in types {
      #expect(try RasterFile.open(folder.file(name + "BIGNONE.tif")).info.pixelType == type)
    }
  }

  @Test("Samples of 1 to 31 bits and floats of 16 and 24 bits are unpacked as GDAL does")
  func packed() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      base = smooth(3, 40, 51) / 230.0
      for bits in [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 17, 20, 24, 27, 31]:
          kind = gdal.GDT_Byte if bits < 8 else gdal.GDT_UInt16 if bits < 16 else gdal.GDT_UInt32
          for endian in ('LITTLE', 'BIG'):
              for interleave in ('PIXEL', 'BAND'):
                  tiff('%d%s%s.tif' % (bits, endian, interleave), source(np.floor(base * (2 ** bits - 1)), kind),
                       'NBITS=%d' % bits, 'ENDIANNESS=' + endian, 'INTERLEAVE=' + interleave, 'COMPRESS=DEFLATE')
      floats = (base - 0.4) * 1000
      floats[0, 0, :6] = [0, -0.0, np.inf, 1e-6, -3e-7, 65504]
      for bits in (16, 24):
          for endian, predictor in (('LITTLE', '1'), ('LITTLE', '3'), ('BIG', '1')):
                  tiff('f%d%s%s.tif' % (bits, endian, predictor), source(floats, gdal.GDT_Float32),
                       'NBITS=%d' % bits, 'ENDIANNESS=' + endian, 'COMPRESS=DEFLATE', 'PREDICTOR=' + predictor)
      """)
    for file in try folder.names(ending: ".tif") { try expectSameAsGDAL(folder.file(file)) }
    #expect(try RasterFile.open(folder.file("1LITTLEPIXEL.tif")).info.pixelType == .u1)
    #expect(try RasterFile.open(folder.file("2LITTLEPIXEL.tif")).info.pixelType == .u2)
    #expect(try RasterFile.open(folder.file("4LITTLEPIXEL.tif")).info.pixelType == .u4)
    #expect(try RasterFile.open(folder.file("12LITTLEPIXEL.tif")).info.pixelType == .u16)
  }
}
