import Pixels

/// How a NITF image's blocks divide a raster.
///
/// A block holds the pixels of each band apart (IMODE B). Blocks come row by row, so that a strip, which is a row of blocks,
/// is one run of bytes.
struct NITFGrid: Sendable {
  let width: Int
  let height: Int
  let bands: Int
  let pixelType: PixelType
  /// Columns and rows of a block (NPPBH, NPPBV).
  let blockWidth: Int
  let blockHeight: Int

  /// Most blocks in a row or column, which have four digits (NBPR, NBPC).
  private static let mostBlocks = 9999
  /// Most columns or rows of a block (MIL-STD-2500C).
  private static let mostPixels = 8192
  /// The most columns or rows of an image.
  static let greatestSide = mostBlocks * mostPixels

  private static let usualSide = 512
  private static let stripBytes = 4 << 20

  init(_ layout: RasterLayout) {
    width = layout.width
    height = layout.height
    bands = layout.bands
    pixelType = layout.pixelType
    // As few columns as possible lie beyond the raster.
    let columns = max(1, min(Self.mostBlocks, (width + Self.usualSide - 1) / Self.usualSide))
    blockWidth = (width + columns - 1) / columns
    let rows = Self.stripBytes / max(1, width * bands * pixelType.stride)
    blockHeight = min(height, max(1, min(rows, Self.usualSide), (height + Self.mostBlocks - 1) / Self.mostBlocks))
  }

  /// Blocks from west to east (NBPR).
  var columns: Int { (width + blockWidth - 1) / blockWidth }
  /// Blocks from north to south (NBPC).
  var rows: Int { (height + blockHeight - 1) / blockHeight }
  /// Bits of a sample in the file. Those of less than 8 bits are stored as bytes: a header tells how many bits count, 2 and
  /// 4 can't be packed, and GDAL reads packed bits of a single block alone.
  var bits: Int { pixelType.stride * 8 }
  /// Bytes of one band of a block.
  var bandBytes: Int { blockWidth * blockHeight * bits / 8 }
  /// Bytes of all blocks.
  var byteCount: Int { columns * rows * bands * bandBytes }
}
