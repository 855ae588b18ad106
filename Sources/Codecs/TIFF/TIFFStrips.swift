/// The compressed rows of one TIFF image, in strips of equal height.
struct TIFFStrips {
  /// Rows of every strip but the last.
  let rowsPerStrip: Int
  /// The strips' bytes, one after another.
  private(set) var bytes: [UInt8] = []
  /// The length of each strip.
  private(set) var lengths: [Int] = []

  /// Cuts rows of `rowBytes` bytes into strips of about 128 KiB, at least one row and a multiple of `rowUnit`, and
  /// appends what `compress` makes of each. It is told the number of the strip's rows.
  init(
    _ rows: [UInt8], rowBytes: Int, rowUnit: Int = 1,
    compress: (UnsafeBufferPointer<UInt8>, Int) throws(EncodingError) -> [UInt8]
  ) throws(EncodingError) {
    let height = rows.count / rowBytes
    rowsPerStrip = min(height, max(1, 131_072 / rowBytes / rowUnit) * rowUnit)
    for first in stride(from: 0, to: height, by: rowsPerStrip) {
      let count = min(rowsPerStrip, height - first)
      let strip = try rows.withUnsafeBufferPointer { (all) throws(EncodingError) in
        try compress(UnsafeBufferPointer(rebasing: all[first * rowBytes..<(first + count) * rowBytes]), count)
      }
      lengths.append(strip.count)
      bytes += strip
    }
  }

  /// Plain rows.
  init(plain rows: [UInt8], rowBytes: Int) {
    let height = rows.count / rowBytes
    rowsPerStrip = min(height, max(1, 131_072 / rowBytes))
    bytes = rows
    lengths = stride(from: 0, to: height, by: rowsPerStrip).map { min(rowsPerStrip, height - $0) * rowBytes }
  }

  /// Where each strip begins when the first one stands at `start`.
  func offsets(from start: Int) -> [UInt32] {
    var offset = UInt32(start)
    return lengths.map { length in
      defer { offset += UInt32(length) }
      return offset
    }
  }
}
