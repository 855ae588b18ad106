import Testing

@testable import Datasets

@Suite("Strips too large for a block")
struct LargeStripTests {
  @Test(
    "One strip for all rows is read by groups of rows, in any order, with the samples of the whole",
    arguments: [
      "NONE", "DEFLATE", "LZW", "JPEG", "ZSTD",
    ])
  func oneStrip(compression: String) throws {
    let folder = try TemporaryFolder()
    try GDAL.run(
      in: folder,
      """
      for interleave in ('PIXEL', 'BAND'):
          tiff(interleave + '.tif', source(smooth(3, 130, 50)), 'BLOCKYSIZE=130', 'COMPRESS=\(compression)', 'INTERLEAVE=' + interleave)
      """)
    for name in ["PIXEL.tif", "BAND.tif"] {
      let directory = try TIFFContainer(file: RandomAccessFile(path: folder.file(name))).directories()[0]
      // A row has 150 bytes: groups of 6 rows.
      let reader = try TIFFImageReader(image: TIFFImage(directory), largeStrip: 4000)
      #expect(reader.blockHeight == 6)
      let expected = try ReferenceRaster(folder.file(name)).levels[0]
      for y in [60, 66, 72, 12, 126, 0, 124] {
        let height = min(6, 130 - y)
        let bytes = try reader.read(x: 5, y: y, width: 40, height: height).bytes
        for (at, byte) in bytes.enumerated() {
          let (pixel, band) = (at / 3, at % 3)
          let place = (y + pixel / 40) * 50 + 5 + pixel % 40
          try #require(Double(byte) == expected.samples[band * 6500 + place], "\(name) \(compression) row \(y)")
        }
      }
    }
  }
}
