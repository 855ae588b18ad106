/// The zlib stream of a PNG's filtered rows.
enum PNGData {
  /// Filters and compresses rows of `rowBytes` bytes.
  static func stream(_ pixels: [UInt8], rowBytes: Int, pixelBytes: Int, color: PNGFile.Color) throws(EncodingError)
    -> [UInt8]
  {
    let rows = pixels.count / rowBytes
    var filtered = [UInt8](repeating: 0, count: (rowBytes + 1) * rows)
    for row in 0..<rows {
      filtered[row * (rowBytes + 1)] = 0
      filtered.replaceSubrange(
        row * (rowBytes + 1) + 1..<(row + 1) * (rowBytes + 1), with: pixels[row * rowBytes..<(row + 1) * rowBytes])
    }
    let deflater = try Deflater(level: 1)
    return filtered.withUnsafeBytes { deflater.zlib($0) }
  }
}
