import Pixels

/// JPEG (baseline, 4:2:0).
struct JPEGEncoder: ImageEncoder {
  var contentType: String { "image/jpeg" }
  var fileExtension: String { "jpg" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let picture = Picture(block, colormap: options.colormap)
    let compressor = try JPEGCompressor(quality: options.compressionQuality)
    let background = options.background
    if background.x == background.y, background.y == background.z, let grey = picture.grey(over: background.x) {
      return try grey.withUnsafeBufferPointer { (pixels) throws(EncodingError) in
        try compressor.compress(pixels, width: block.width, height: block.height, channels: 1)
      }
    }
    return try picture.rgb(over: background).withUnsafeBufferPointer { (pixels) throws(EncodingError) in
      try compressor.compress(pixels, width: block.width, height: block.height, channels: 3)
    }
  }
}
