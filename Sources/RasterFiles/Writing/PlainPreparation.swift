import Pixels

/// Leaves the samples of a strip as they are.
struct PlainPreparation: StripPreparation {
  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: strip.samples)
  }
}
