import Testing

@testable import Datasets

@Suite("TIFF layouts")
struct TIFFLayoutTests {
  @Test("Tiles and strips, pixel and band interleaved, little and big endian, classic and BigTIFF give GDAL's samples")
  func layouts() throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      rgb = source(smooth(3, 150, 131))
      number = 0
      for blocks in (['TILED=YES', 'BLOCKXSIZE=64', 'BLOCKYSIZE=32'], ['BLOCKYSIZE=1'], ['BLOCKYSIZE=37'], ['BLOCKYSIZE=150']):
          for interleave in ('PIXEL', 'BAND'):
              for endian in ('LITTLE', 'BIG'):
                  for big in ('NO', 'YES'):
                      for compress in ('NONE', 'DEFLATE'):
                          tiff('%d.tif' % number, rgb, 'INTERLEAVE=' + interleave, 'ENDIANNESS=' + endian,
                               'BIGTIFF=' + big, 'COMPRESS=' + compress, *blocks)
                          number += 1
      """)
    for number in 0..<64 { try expectSameAsGDAL(folder.file("\(number).tif")) }
  }
}
