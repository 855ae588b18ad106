import Codecs
import Pixels

/// GIF: one band of at most 8 bits through a colour table.
final class GIFWriter: RasterFileWriter {
  let stripRows: Int
  let preparation: any StripPreparation = PlainPreparation()
  private let file: OutputFile
  private var codes: LZWWriter
  /// Codes that do not fill a block yet.
  private var rest: [UInt8] = []

  private static let blockBytes = 255

  /// Whether GIF can hold the raster.
  static func holds(_ layout: RasterLayout) -> Bool {
    layout.isUnsigned(upTo: 8) && layout.bands == 1 && max(layout.width, layout.height) <= UInt16.max
  }

  /// Begins a file.
  init(_ layout: RasterLayout, at path: String) throws(RasterFileError) {
    // Readers take the one transparent value for no data.
    let noData = layout.commonNoData.flatMap { UInt8(exactly: $0) }.flatMap { $0 < layout.colors.count ? $0 : nil }
    let head = GIFHead(
      width: UInt16(clamping: layout.width), height: UInt16(clamping: layout.height), colors: layout.colors,
      bits: layout.pixelType.bits, transparentIndex: noData)
    stripRows = layout.rows(in: 1 << 20)
    codes = LZWWriter(codeBits: head.codeBits)
    file = try OutputFile(path: path)
    try file.append(head.bytes)
  }

  func write(_ strip: PreparedStrip) throws(RasterFileError) {
    codes.write(strip.bytes)
    rest += codes.takeBytes()
    let whole = rest.count / Self.blockBytes * Self.blockBytes
    try file.append(GIFHead.blocks(of: Array(rest[..<whole])))
    rest.removeFirst(whole)
  }

  func finish() throws(RasterFileError) {
    try file.append(GIFHead.blocks(of: rest + codes.finish()) + GIFHead.trailer)
    try file.close()
  }
}
