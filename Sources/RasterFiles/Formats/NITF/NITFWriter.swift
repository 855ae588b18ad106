import Pixels

/// NITF 2.1: one uncompressed image, blocks of bands apart.
final class NITFWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let file: OutputFile

  /// Whether the fields of the headers have enough digits, and the file a length they can say. Samples of 8 bits with a sign
  /// could be written, but GDAL, and all that is made of it, reads them as if they had none.
  static func holds(_ layout: RasterLayout) -> Bool {
    guard layout.pixelType != .s8, max(layout.width, layout.height) <= NITFGrid.greatestSide,
      layout.bands <= Int(UInt16.max),
      // Roughly, so that the exact product is no more than a number holds.
      Double(layout.width) * Double(layout.height) * Double(layout.bands) < 1e12
    else { return false }
    return NITFGrid(layout).byteCount <= NITFHead.greatestImage
  }

  init(_ layout: RasterLayout, path: String) throws(RasterFileError) {
    let grid = NITFGrid(layout)
    stripRows = grid.blockHeight
    preparation = NITFBlocks(grid: grid)
    file = try OutputFile(path: path)
    try file.append(NITFHead(layout: layout, grid: grid).bytes)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) { try file.append(strip.bytes) }

  func finish() throws(RasterFileError) { try file.close() }
}
