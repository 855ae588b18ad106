import Pixels

/// How the samples of BIL, BSQ, BIP and ENVI stand in their files.
struct RawForm: Sendable {
  /// The order of the samples, under the names that Esri's headers have.
  enum Interleaving: String, Sendable {
    /// All bands of the first row, then of the next one.
    case line = "BIL"
    /// All rows of the first band, then of the next one.
    case band = "BSQ"
    /// All bands of the first pixel, then of the next one.
    case pixel = "BIP"
  }

  let interleaving: Interleaving
  /// Bits of a sample in the file.
  let bits: Int
  /// Bytes of a row of one band, as if it stood alone.
  let bandRowBytes: Int
  /// Bytes of a row of all bands that stand together.
  let totalRowBytes: Int

  init(_ layout: RasterLayout, as format: RasterFormat) {
    interleaving =
      switch format {
      case .bil: .line
      case .bip: .pixel
      default: .band
      }
    // ENVI has no samples of less than 8 bits, and GDAL reads those of several bands only where each row of a band is
    // padded by itself.
    let isPacked = format != .envi && (layout.bands == 1 || interleaving == .line)
    bits = isPacked ? layout.pixelType.bits : max(8, layout.pixelType.bits)
    bandRowBytes = (layout.width * bits + 7) / 8
    totalRowBytes = interleaving == .band ? bandRowBytes : bandRowBytes * layout.bands
  }

  /// Whether the format has the pixel type: Esri's have all, ENVI lacks signed bytes.
  static func holds(_ layout: RasterLayout, as format: RasterFormat) -> Bool {
    format != .envi || ENVIHeader.dataType(of: layout.pixelType) != nil
  }
}
