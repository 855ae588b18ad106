import Codecs
import Pixels

/// Windows bitmap: one band of at most 8 bits through a colour table, or red, green and blue. Rows stand from the bottom up.
final class BMPWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let height: Int
  private let head: BMPHead
  private let file: OutputFile

  /// Whether a bitmap can hold the raster: below 4 GiB.
  static func holds(_ layout: RasterLayout) -> Bool {
    layout.isUnsigned(upTo: 8) && (layout.bands == 1 || layout.bands == 3) && head(of: layout) != nil
  }

  private static func head(of layout: RasterLayout) -> BMPHead? {
    BMPHead(width: layout.width, height: layout.height, colors: layout.bands == 1 ? layout.colors : nil)
  }

  /// Begins a file.
  init(_ layout: RasterLayout, at path: String) throws(RasterFileError) {
    guard let head = Self.head(of: layout) else { throw .unsupported("BMP ends at 4 GiB") }
    self.head = head
    height = layout.height
    stripRows = layout.rows(in: 2 << 20)
    preparation = BMPPreparation(head: head)
    file = try OutputFile(path: path)
    try file.append(head.bytes)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    let rowsBelow = height - strip.firstRow - strip.rows
    try file.write(strip.bytes, at: head.byteCount + rowsBelow * head.rowBytes)
  }

  func finish() throws(RasterFileError) { try file.close() }
}
