import Pixels

/// Cuts a strip into the blocks of a NITF image. Samples come most significant byte first.
struct NITFBlocks: StripPreparation {
  let grid: NITFGrid

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let bandBytes = grid.bandBytes
    let count = grid.columns * grid.bands * bandBytes
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { out, filled in
      filled = count
      let out = UnsafeMutableRawBufferPointer(out)
      for column in 0..<grid.columns {
        for band in 0..<grid.bands {
          let start = (column * grid.bands + band) * bandBytes
          let target = UnsafeMutableRawBufferPointer(rebasing: out[start..<start + bandBytes])
          let window = BandWindow(
            band: band, columns: column * grid.blockWidth..<(column + 1) * grid.blockWidth, rows: 0..<grid.blockHeight,
            isBigEndian: true)
          window.copy(from: strip, to: target)
        }
      }
    }
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }
}
