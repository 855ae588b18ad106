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
  /// Bits of a sample in the file. Those of less than 8 take a byte each: ENVI has no others, and not every GDAL reads
  /// Esri's packed ones.
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
    bits = max(8, layout.pixelType.bits)
    bandRowBytes = layout.width * layout.pixelType.stride
    totalRowBytes = interleaving == .band ? bandRowBytes : bandRowBytes * layout.bands
  }

  /// Whether the format has the pixel type: Esri's end at 32 bits, ENVI lacks signed bytes, and readers of its headers have
  /// no patience for the colours of 16 bits.
  static func holds(_ layout: RasterLayout, as format: RasterFormat) -> Bool {
    guard format == .envi else { return layout.pixelType.bits <= 32 }
    return ENVIHeader.dataType(of: layout.pixelType) != nil && (layout.colormap == nil || layout.pixelType.bits <= 8)
  }
}
