import Codecs
import Pixels

/// JPEG 2000 (JP2) without loss: boxes and a codestream of tiles.
final class JP2Writer: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let file: OutputFile
  /// Where the codestream's box begins.
  private let codestreamOffset: Int

  private static let mostBands = 16_384

  /// Whether the samples are integers of at most 16 bits, and the raster not too large for its tiles. Samples of 8 bits with
  /// a sign could be written, but GDAL, and all that is made of it, reads their negative numbers as 0.
  static func holds(_ layout: RasterLayout) -> Bool {
    switch layout.pixelType {
    case .u1, .u2, .u4, .u8, .u16, .s16: layout.bands <= mostBands && JP2Grid(layout) != nil
    case .s8, .u32, .s32, .f32, .f64: false
    }
  }

  init(_ layout: RasterLayout, path: String) throws(RasterFileError) {
    guard let grid = JP2Grid(layout) else { throw .unsupported("the raster is too large for JPEG 2000") }
    stripRows = grid.tileHeight
    preparation = JP2Tiles(grid: grid)
    file = try OutputFile(path: path)
    let boxes = JP2Boxes(layout: layout).bytes
    codestreamOffset = boxes.count
    // The length has 64 bits and is filled in at the end.
    try file.append(boxes + [0, 0, 0, 1] + Array("jp2c".utf8) + [UInt8](repeating: 0, count: 8))
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) { try file.append(strip.bytes) }

  func finish() throws(RasterFileError) {
    try file.append([0xFF, 0xD9])
    var length: [UInt8] = []
    length.append(bigEndian: UInt64(file.position - codestreamOffset))
    try file.write(length, at: codestreamOffset + 8)
    try file.close()
  }
}
