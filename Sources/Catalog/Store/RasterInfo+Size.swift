import Datasets

extension RasterInfo {
  /// Pixels of the base; a header may claim more than an integer holds.
  var pixelCount: Double { Double(width) * Double(height) }

  /// Bytes of all samples of the base, uncompressed.
  var uncompressedSize: Int64 {
    Int64(min(pixelCount * Double(bands) * Double(pixelType.bits) / 8, 1e15).rounded(.up))
  }
}
