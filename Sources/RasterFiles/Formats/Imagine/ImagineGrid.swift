import Pixels

/// How an Imagine file's blocks divide a raster, and where they lie.
///
/// Blocks have 64 by 64 pixels of one band. They come row by row, those of all bands at one place together, so that a strip
/// is one run of bytes.
struct ImagineGrid: Sendable {
  /// Columns and rows of a block.
  static let side = 64

  let width: Int
  let height: Int
  let bands: Int
  let pixelType: PixelType

  init(_ layout: RasterLayout) {
    width = layout.width
    height = layout.height
    bands = layout.bands
    pixelType = layout.pixelType
  }

  /// Blocks from west to east.
  var columns: Int { (width + Self.side - 1) / Self.side }
  /// Blocks from north to south.
  var rows: Int { (height + Self.side - 1) / Self.side }
  /// Bytes of a row of one block.
  var blockRowBytes: Int { Self.side * pixelType.bits / 8 }
  /// Bytes of a block.
  var blockBytes: Int { Self.side * blockRowBytes }
  /// Bytes of all blocks.
  var byteCount: Int { columns * rows * bands * blockBytes }

  /// Where a block begins, from the first one.
  func offset(row: Int, column: Int, band: Int) -> Int { ((row * columns + column) * bands + band) * blockBytes }

  /// Rows that are worked on at once: rows of whole blocks, or parts of one where whole ones would take much memory.
  var stripRows: Int {
    let rowBytes = width * bands * pixelType.stride
    var rows = Self.side
    while rows > 1, rows * rowBytes > Self.stripBytes { rows /= 2 }
    return rows < Self.side ? rows : rows * max(1, Self.stripBytes / 4 / (rows * rowBytes))
  }

  private static let stripBytes = 16 << 20
}
