import CDeflate

/// The zlib stream of a PNG's filtered rows.
enum PNGData {
  /// What neighbouring pixels have to do with each other, and so what is worth its time.
  enum Content {
    /// They are alike: rows are filtered, and repetitions looked for only if that makes few of the differences matter.
    case shades
    /// They are equal or unlike: a thorough search for repetitions.
    case fewColors
    /// They say little about each other, as the numbers of many colours do: a search for repetitions.
    case numbers
  }

  /// Bytes that share a Huffman code: few enough to adapt, enough to pay for the code.
  private static let blockBytes = 65536
  /// Below so many bits a byte outside of runs of zeros, a search for repetitions is worth its time: the picture has
  /// few colours or repeats itself.
  private static let flatBits = 3.0

  /// Filters and compresses rows of `rowBytes` bytes.
  static func stream(_ pixels: [UInt8], rowBytes: Int, pixelBytes: Int, like content: Content) throws(EncodingError)
    -> [UInt8]
  {
    let rows = filtered(pixels, rowBytes: rowBytes, pixelBytes: pixelBytes, filtersRows: content == .shades)
    switch content {
    case .fewColors: return try searched(rows, level: 6)
    case .numbers: return try searched(rows, level: 4)
    case .shades: break
    }
    return try rows.withUnsafeBufferPointer { (all) throws(EncodingError) in
      let blocks = stride(from: 0, to: all.count, by: blockBytes).map { start in
        LiteralBlock(UnsafeBufferPointer(rebasing: all[start..<min(start + blockBytes, all.count)]))
      }
      let (bits, literals) = (blocks.reduce(0) { $0 + $1.bitCount }, blocks.reduce(0) { $0 + $1.literalCount })
      if Double(bits) < flatBits * Double(literals) { return try searched(rows, level: 2) }
      return written(blocks, bits: bits, of: all)
    }
  }

  private static func searched(_ rows: [UInt8], level: Int32) throws(EncodingError) -> [UInt8] {
    let deflater = try Deflater(level: level)
    return rows.withUnsafeBytes { deflater.zlib($0) }
  }

  private static func written(_ blocks: [LiteralBlock], bits: Int, of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    // Header, blocks, checksum, and the room that the bit writer wants.
    var stream = [UInt8](unsafeUninitializedCapacity: 2 + bits / 8 + 1 + 8) { out, count in
      guard let start = out.baseAddress else { return }
      // Deflate with a window of 32 KiB, written fast (RFC 1950).
      (start[0], start[1]) = (0x78, 0x01)
      var writer = BitWriter(to: start + 2)
      for (number, block) in blocks.enumerated() { block.write(to: &writer, isLast: number == blocks.count - 1) }
      writer.align()
      count = 2 + writer.byteCount
    }
    stream.append(bigEndian: libdeflate_adler32(1, bytes.baseAddress, bytes.count))
    return stream
  }

  /// Rows behind their filter's number.
  private static func filtered(_ pixels: [UInt8], rowBytes: Int, pixelBytes: Int, filtersRows: Bool) -> [UInt8] {
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
            let filter =
              filtersRows ? RowFilter.best(current, above: above, count: rowBytes, pixelBytes: pixelBytes) : .none
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
