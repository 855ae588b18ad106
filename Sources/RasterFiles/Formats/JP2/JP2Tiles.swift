import COpenJPEG
import Codecs
import Pixels

/// Encodes the tiles of a strip without loss (reversible 5/3 wavelet).
///
/// Each tile is encoded as the only one of a codestream of its own, at its place on the image's reference grid. What it is
/// made of then depends on nothing else, so its tile-part can stand in the image's codestream as it is, under its number;
/// strips are encoded at once, and no codestream of all tiles is held in memory.
struct JP2Tiles: StripPreparation {
  let grid: JP2Grid

  /// - Returns: the tile-parts, behind the codestream's main header in the first strip.
  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    var bytes: [UInt8] = []
    for column in 0..<grid.columns {
      let stream = try encode(strip, column: column, firstRow: firstRow)
      if firstRow == 0, column == 0 { bytes += try stream.mainHeader(of: grid) }
      bytes += try stream.tilePart(number: firstRow / grid.tileHeight * grid.columns + column)
    }
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }

  private func encode(_ strip: PixelBlock, column: Int, firstRow: Int) throws(RasterFileError) -> JP2Codestream {
    let x = column * grid.tileWidth
    var tile = copenjpeg_tile()
    (tile.x, tile.y) = (UInt32(x), UInt32(firstRow))
    (tile.width, tile.height) = (UInt32(min(grid.tileWidth, grid.width - x)), UInt32(strip.height))
    (tile.nominal_width, tile.nominal_height) = (UInt32(grid.tileWidth), UInt32(grid.tileHeight))
    (tile.components, tile.precision) = (UInt32(grid.bands), UInt32(grid.pixelType.bits))
    tile.is_signed = grid.pixelType.range.lowerBound < 0
    tile.sample_bytes = UInt32(grid.pixelType.stride)
    tile.row_bytes = strip.bytesPerRow
    tile.resolutions = UInt32(grid.resolutions)
    tile.decorrelates = grid.decorrelates
    var encoded: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: 256)
    let isDone = strip.samples.withUnsafeBytes { pixels in
      copenjpeg_encode(
        &tile, pixels.baseAddress.map { $0 + x * grid.bands * grid.pixelType.stride }, &encoded, &count, &message)
    }
    guard isDone, let encoded else {
      throw .library(String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
    defer { copenjpeg_free(encoded) }
    return JP2Codestream(bytes: Array(UnsafeBufferPointer(start: encoded, count: count)))
  }
}
