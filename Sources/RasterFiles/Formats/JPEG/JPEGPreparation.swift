import Codecs
import Pixels

/// Compresses a strip as a JPEG of its own.
struct JPEGPreparation: StripPreparation {
  let quality: Int

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let bytes = try RasterFileError.naming { () throws(EncodingError) in
      let compressor = try JPEGCompressor(quality: quality)
      return try strip.samples.withUnsafeBufferPointer { (pixels) throws(EncodingError) in
        try compressor.compress(pixels, width: strip.width, height: strip.height, channels: strip.bands)
      }
    }
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }
}
