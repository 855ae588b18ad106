import Codecs
import Pixels

/// Makes of a strip a chunk of compressed rows.
struct PNGPreparation: StripPreparation {
  /// Bits of a sample in the file.
  let bits: Int
  /// Whether neighbouring values are alike: not where they are the numbers of colours, or few.
  let isShades: Bool

  func prepare(_ strip: PixelBlock, firstRow: Int) throws(RasterFileError) -> PreparedStrip {
    let rowSamples = strip.width * strip.bands
    var rows = PackedRows.bytes(of: strip.samples, rowSamples: rowSamples, bits: bits)
    if bits == 16 { rows.swapPairs() }
    let filtered = PNGData.filtered(
      rows, rowBytes: rows.count / strip.height, pixelBytes: max(1, strip.bands * bits / 8), filtersRows: isShades,
      isTop: firstRow == 0)
    let piece = try RasterFileError.naming { () throws(EncodingError) in
      try filtered.withUnsafeBufferPointer { (bytes) throws(EncodingError) in
        if isShades { try DeflatePiece(ofDifferences: bytes, level: 2) } else { try DeflatePiece(of: bytes, level: 6) }
      }
    }
    return PreparedStrip(
      firstRow: firstRow, rows: strip.height, bytes: PNGHead.chunk("IDAT", piece.bytes), inflated: piece.content)
  }
}

extension [UInt8] {
  /// Swaps the bytes of 16-bit numbers.
  fileprivate mutating func swapPairs() {
    withUnsafeMutableBytes { bytes in
      for index in bytes.assumingMemoryBound(to: UInt16.self).indices {
        let pair = bytes.loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self)
        bytes.storeBytes(of: pair.byteSwapped, toByteOffset: index &* 2, as: UInt16.self)
      }
    }
  }
}
