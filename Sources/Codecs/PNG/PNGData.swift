/// The zlib stream of a PNG's filtered rows.
package enum PNGData {
  /// What neighbouring pixels have to do with each other, and so what is worth its time.
  enum Content {
    /// They are alike: their differences are written.
    case shades
    /// They are equal or unlike: a thorough search for repetitions.
    case fewColors
    /// They say little about each other, as the numbers of many colours do: a search for repetitions.
    case numbers
  }

  /// Filters and compresses rows of `rowBytes` bytes.
  static func stream(_ pixels: [UInt8], rowBytes: Int, pixelBytes: Int, like content: Content) throws(EncodingError)
    -> [UInt8]
  {
    let rows = filtered(
      pixels, rowBytes: rowBytes, pixelBytes: pixelBytes, filtersRows: content == .shades, isTop: true)
    return try rows.withUnsafeBufferPointer { (rows) throws(EncodingError) in
      switch content {
      case .shades: try ZlibStream.ofDifferences(rows, level: 2)
      case .fewColors: try ZlibStream.of(rows, level: 6)
      case .numbers: try ZlibStream.of(rows, level: 4)
      }
    }
  }

  /// Rows behind their filter's number.
  /// - Parameters:
  ///   - filtersRows: whether differences are written.
  ///   - isTop: whether the first row has none above it. Where it has one that is not at hand, its filter looks only to the left.
  package static func filtered(
    _ pixels: [UInt8], rowBytes: Int, pixelBytes: Int, filtersRows: Bool, isTop: Bool
  ) -> [UInt8] {
    let rows = pixels.count / rowBytes
    let noRow = [UInt8](repeating: 0, count: rowBytes)
    return [UInt8](unsafeUninitializedCapacity: (rowBytes + 1) * rows) { out, filled in
      noRow.withUnsafeBufferPointer { noRow in
        pixels.withUnsafeBufferPointer { pixels in
          guard let first = pixels.baseAddress, let none = noRow.baseAddress, let start = out.baseAddress else {
            return
          }
          for row in 0..<rows {
            let current = first + row * rowBytes
            let above = row == 0 ? none : current - rowBytes
            let filter: RowFilter =
              if !filtersRows { .none } else if row == 0, !isTop { .sub } else {
                .best(current, above: above, count: rowBytes, pixelBytes: pixelBytes)
              }
            let to = start + row * (rowBytes + 1)
            to.pointee = filter.rawValue
            filter.apply(current, above: above, count: rowBytes, pixelBytes: pixelBytes, to: to + 1)
          }
        }
      }
      filled = (rowBytes + 1) * rows
    }
  }
}
