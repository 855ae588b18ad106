import Codecs
import Pixels

/// Brings the samples of a strip into the order of a file.
struct RawPreparation: StripPreparation {
  let form: RawForm

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let bytes =
      switch form.interleaving {
      case .line: strip.lineSequentialSamples
      case .band: strip.bandSequentialSamples
      case .pixel: strip.samples
      }
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }
}
