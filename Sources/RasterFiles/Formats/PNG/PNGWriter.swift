import Codecs
import Pixels

/// PNG: one grey or palette band of up to 16 bits, or red, green and blue.
///
/// Strips are compressed by themselves, so that several threads write one file; the pieces make one stream.
final class PNGWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let file: OutputFile
  private var pieces = DeflatePieces()

  /// Pixels a side that libpng reads unless it is told otherwise.
  private static let longestSide = 1_000_000

  /// Whether PNG has the pixel type. Two or four bands it has too, but everyone would take the last one for transparency.
  static func holds(_ layout: RasterLayout) -> Bool {
    layout.isUnsigned(upTo: layout.colormap == nil ? 16 : 8) && (layout.bands == 1 || layout.bands == 3)
      && max(layout.width, layout.height) <= longestSide
  }

  /// Begins a file.
  init(_ layout: RasterLayout, at path: String) throws(RasterFileError) {
    let palette = layout.bands == 1 && layout.colormap != nil ? layout.colors : []
    // Only single bands have samples below 8 bits.
    let bits = layout.bands == 1 ? layout.pixelType.bits : max(8, layout.pixelType.bits)
    stripRows = layout.rows(in: 2 << 20)
    preparation = PNGPreparation(bits: bits, isShades: palette.isEmpty && bits >= 8)
    file = try OutputFile(path: path)
    let color: PNGHead.Color = layout.bands == 3 ? .rgb : palette.isEmpty ? .grey : .palette
    let head = PNGHead(width: layout.width, height: layout.height, bits: bits, color: color, palette: palette)
    try file.append(head.bytes + PNGHead.chunk("IDAT", DeflatePieces.head))
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    if let content = strip.inflated { pieces.add(content) }
    try file.append(strip.bytes)
  }

  func finish() throws(RasterFileError) {
    try file.append(PNGHead.chunk("IDAT", pieces.tail) + PNGHead.end)
    try file.close()
  }
}
