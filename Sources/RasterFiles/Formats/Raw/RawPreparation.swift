import Codecs
import Pixels

/// Brings the samples of a strip into the order of a file.
struct RawPreparation: StripPreparation {
  let form: RawForm

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let samples =
      switch form.interleaving {
      case .line: strip.lineSequentialSamples
      case .band: strip.bandSequentialSamples
      case .pixel: strip.samples
      }
    // Packed rows are rows of one band each: see `RawForm`.
    let bytes = SamplePacking.rows(of: samples, rowSamples: strip.width, bits: form.bits)
    return PreparedStrip(firstRow: firstRow, rows: strip.height, bytes: bytes)
  }
}
