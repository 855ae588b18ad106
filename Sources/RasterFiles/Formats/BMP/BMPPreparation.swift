import Codecs
import Pixels

/// Brings the rows of a strip into the order of a bitmap.
struct BMPPreparation: StripPreparation {
  let head: BMPHead

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: head.rows(of: strip.samples))
  }
}
