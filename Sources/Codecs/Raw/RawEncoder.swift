import Pixels

/// Raw samples, least significant byte first, then the mask: 1 bit a pixel, row by row without padding, the most
/// significant bit first, 1 where there is data. No header. Samples below 8 bits take a byte each.
struct RawEncoder: ImageEncoder {
  /// The order of the samples.
  enum Interleaving {
    /// All bands of the first pixel, then of the next one.
    case pixel
    /// All pixels of the first band, then of the next one.
    case band
  }

  let interleaving: Interleaving
  var contentType: String { "application/octet-stream" }
  var fileExtension: String { interleaving == .pixel ? "bip" : "bsq" }

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    let samples = interleaving == .pixel ? block.samples : block.bandSequentialSamples
    let pixels = block.width * block.height
    return samples + BitMask.packed(block.pixelMask, width: pixels, height: 1)
  }
}
