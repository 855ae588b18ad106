import Codecs
import Pixels

/// Makes tiles of a strip, and the mask of its pixels without data.
struct TIFFPreparation: StripPreparation {
  let grid: TIFFGrid
  let writesMask: Bool

  /// - Returns: the tiles and the compressed mask behind each other, and the lengths of both. There is no mask where every
  ///   pixel holds data.
  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let rows = PackedRows.bytes(
      of: strip.samples, rowSamples: strip.width * strip.bands, bits: strip.pixelType.bits)
    var bytes = grid.tiles(of: rows)
    let tileBytes = bytes.count
    if writesMask, let mask = strip.pixelMask, mask.contains(0) {
      bytes += try Self.compressed(mask, width: strip.width, height: strip.height)
    }
    return PreparedStrip(
      firstRow: firstRow, rows: strip.height, bytes: bytes, lengths: [tileBytes, bytes.count - tileBytes])
  }

  /// A mask as a TIFF holds it.
  /// - Parameter mask: one byte a pixel, 0 where there is no data; `nil` where all pixels have it.
  static func compressed(_ mask: [UInt8]?, width: Int, height: Int) throws(RasterFileError) -> [UInt8] {
    let packed = BitMask.packed(mask, width: width, height: height)
    return try RasterFileError.naming { () throws(EncodingError) in
      try packed.withUnsafeBufferPointer { (bytes) throws(EncodingError) in try ZlibStream.of(bytes, level: 4) }
    }
  }
}
