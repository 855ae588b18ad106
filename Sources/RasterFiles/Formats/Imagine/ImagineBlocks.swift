import Pixels

/// Cuts strips into an Imagine file's blocks: all rows of the first block that the strip has, then those of the next one.
struct ImagineBlocks: StripPreparation {
  let grid: ImagineGrid

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let side = ImagineGrid.side
    // A strip is a number of whole rows of blocks, or a part of one.
    let pieceRows = min(side, grid.stripRows)
    let pieceBytes = pieceRows * grid.blockRowBytes
    let pieces = (strip.height + pieceRows - 1) / pieceRows
    var scratch = [UInt8](repeating: 0, count: grid.pixelType.bits < 8 ? side * pieceRows : 0)
    let packing = SamplePacking(bits: grid.pixelType.bits)
    let count = pieces * grid.columns * grid.bands * pieceBytes
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { out, filled in
      filled = count
      var next = 0
      for piece in 0..<pieces {
        for column in 0..<grid.columns {
          for band in 0..<grid.bands {
            let window = BandWindow(
              band: band, columns: column * side..<(column + 1) * side,
              rows: piece * pieceRows..<(piece + 1) * pieceRows)
            let target = UnsafeMutableRawBufferPointer(
              rebasing: UnsafeMutableRawBufferPointer(out)[next..<next + pieceBytes])
            if scratch.isEmpty {
              window.copy(from: strip, to: target)
            } else {
              scratch.withUnsafeMutableBytes {
                window.copy(from: strip, to: $0)
                packing.pack(UnsafeRawBufferPointer($0), to: target)
              }
            }
            next += pieceBytes
          }
        }
      }
    }
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }
}
