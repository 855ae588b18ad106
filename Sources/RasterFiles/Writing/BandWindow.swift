import Pixels

/// One band of a rectangle of a strip, row after row, as formats hold it whose bands lie apart in blocks.
struct BandWindow {
  /// The band, from 0.
  var band: Int
  /// The columns; those that the strip does not have are zeros.
  var columns: Range<Int>
  /// The rows of the strip; those that it does not have are zeros.
  var rows: Range<Int>
  /// Whether the most significant byte of a sample comes first.
  var isBigEndian = false

  /// Writes the samples, in as many bytes each as in memory.
  /// - Parameter out: room for the samples of all columns and rows.
  func copy(from strip: PixelBlock, to out: UnsafeMutableRawBufferPointer) {
    switch strip.pixelType.stride {
    case 1: copy(from: strip, to: out, as: UInt8.self)
    case 2: copy(from: strip, to: out, as: UInt16.self)
    case 4: copy(from: strip, to: out, as: UInt32.self)
    default: copy(from: strip, to: out, as: UInt64.self)
    }
  }

  private func copy<Word: FixedWidthInteger>(
    from strip: PixelBlock, to out: UnsafeMutableRawBufferPointer, as: Word.Type
  ) {
    let (count, bands) = (columns.clamped(to: 0..<strip.width).count, strip.bands)
    let isBigEndian = isBigEndian
    strip.samples.withUnsafeBytes { bytes in
      let samples = bytes.assumingMemoryBound(to: Word.self)
      for (line, row) in rows.enumerated() {
        let to = line &* columns.count
        let held = row < strip.height ? count : 0
        let from = (row &* strip.width &+ columns.lowerBound) &* bands &+ band
        for index in 0..<held {
          let sample = samples[from &+ index &* bands]
          out.storeBytes(
            of: isBigEndian ? sample.bigEndian : sample.littleEndian, toByteOffset: (to &+ index) &* Word.bitWidth / 8,
            as: Word.self)
        }
        for index in held..<columns.count {
          out.storeBytes(of: 0, toByteOffset: (to &+ index) &* Word.bitWidth / 8, as: Word.self)
        }
      }
    }
  }
}
