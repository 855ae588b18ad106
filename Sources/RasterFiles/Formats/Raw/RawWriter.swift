import Pixels

/// BIL, BSQ, BIP and ENVI: plain samples, least significant byte first. What they mean says a header beside them.
final class RawWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let layout: RasterLayout
  private let form: RawForm
  private let file: OutputFile

  /// Begins a file.
  init(_ layout: RasterLayout, as format: RasterFormat, at path: String) throws(RasterFileError) {
    self.layout = layout
    form = RawForm(layout, as: format)
    stripRows = layout.rows(in: 4 << 20)
    preparation = RawPreparation(form: form)
    file = try OutputFile(path: path)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    guard form.interleaving == .band else { return try file.append(strip.bytes) }
    let bandBytes = strip.rows * form.bandRowBytes
    for band in 0..<layout.bands {
      try file.write(
        strip.bytes[band * bandBytes..<(band + 1) * bandBytes],
        at: (band * layout.height + strip.firstRow) * form.bandRowBytes)
    }
  }

  func finish() throws(RasterFileError) { try file.close() }
}
