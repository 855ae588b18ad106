import Codecs

/// The second file of an Imagine raster beyond 2 GiB, which holds its blocks (`.ige`).
struct ImagineSpill {
  let grid: ImagineGrid

  private static let headBytes = 49
  private static let flagsHeadBytes = 20

  /// Where the flags of blocks that are there begin.
  var flagsOffset: Int { Self.headBytes }
  /// Where the first block begins.
  var dataOffset: Int { Self.headBytes + grid.bands * (Self.flagsHeadBytes + grid.rows * flagRowBytes) }

  private var flagRowBytes: Int { (grid.columns + 7) / 8 }

  /// Writes what precedes the blocks: the header, and of every band that all its blocks are there.
  func writeHead(to file: OutputFile) throws(RasterFileError) {
    var head = Array("ERDAS_IMG_EXTERNAL_RASTER".utf8) + [0, 1]
    for value in [grid.bands, grid.width, grid.height, ImagineGrid.side, ImagineGrid.side] {
      head.append(littleEndian: UInt32(truncatingIfNeeded: value))
    }
    try file.append(head + [3, 0])
    let flags = flags
    for _ in 0..<grid.bands { try file.append(flags) }
  }

  /// A bit a block, the least significant one first, rows padded to bytes.
  private var flags: [UInt8] {
    var bytes: [UInt8] = []
    for value in [1, 0, grid.rows, grid.columns, 0x30000] {
      bytes.append(littleEndian: UInt32(truncatingIfNeeded: value))
    }
    let last: UInt8 = grid.columns % 8 == 0 ? 0xFF : 1 << UInt8(grid.columns % 8) - 1
    let row = [UInt8](repeating: 0xFF, count: flagRowBytes - 1) + [last]
    for _ in 0..<grid.rows { bytes += row }
    return bytes
  }
}
