import Codecs
import Pixels

/// JPEG: one grey band or red, green and blue, 8 bits each.
///
/// Strips are compressed by themselves, so that several threads write one file. Their scans, with restart markers between
/// them, are the scan of the whole: prediction begins anew at a restart, as it does in a file, and strips have whole rows of
/// blocks (ITU T.81, F.1.1.5).
final class JPEGWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation
  private let layout: RasterLayout
  private let file: OutputFile
  /// Blocks of pixels that are coded together, in every strip but the last one.
  private let restartInterval: Int
  /// What stands before the scan of the first strip.
  private var tables: ArraySlice<UInt8> = []
  private var strips = 0

  /// Rows of whole blocks, also where colours have half the resolution.
  private static let unitRows = 16

  /// Whether JPEG can hold the raster: no other pixel types, and no colours by number, which it would blur.
  static func holds(_ layout: RasterLayout) -> Bool {
    layout.pixelType == .u8 && layout.colormap == nil && (layout.bands == 1 || layout.bands == 3)
      && max(layout.width, layout.height) <= JPEGCompressor.longestSide
  }

  /// Begins a file.
  init(_ layout: RasterLayout, at path: String, quality: Int) throws(RasterFileError) {
    self.layout = layout
    // Coded together are 8 x 8 grey pixels, or 16 x 16 of three bands.
    let unitBlocks = layout.bands == 1 ? (layout.width + 7) / 8 * 2 : (layout.width + 15) / 16
    let units = max(1, min(Int(UInt16.max) / unitBlocks, (2 << 20) / (Self.unitRows * layout.bytesPerRow)))
    stripRows = units * Self.unitRows
    restartInterval = units * unitBlocks
    preparation = JPEGPreparation(quality: quality)
    file = try OutputFile(path: path)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    guard let parts = JPEGParts(strip.bytes, height: layout.height) else {
      throw .library("the JPEG compressor made no baseline JPEG")
    }
    if strips == 0 {
      tables = parts.tables
      try file.append(tables)
      if stripRows < layout.height {
        var interval: [UInt8] = [0xFF, 0xDD, 0, 4]
        interval.append(bigEndian: UInt16(restartInterval))
        try file.append(interval)
      }
      try file.append(parts.scanHead)
    } else {
      guard parts.tables == tables else { throw .library("the JPEG compressor changed its tables") }
      try file.append([0xFF, 0xD0 + UInt8((strips - 1) % 8)])
    }
    try file.append(parts.scan)
    strips += 1
  }

  func finish() throws(RasterFileError) {
    try file.append([0xFF, 0xD9])
    try file.close()
  }
}
