import Pixels

/// What stands for a sample before Deflate: its difference from the one to the left (TIFF 6.0 section 14, and the
/// floating-point predictor of TIFF Technical Note 3).
enum TIFFPredictor: UInt16 {
  case none = 1
  case horizontal = 2
  case floatingPoint = 3

  /// The predictor that suits a pixel type.
  init(for type: PixelType) {
    switch type {
    case .u1, .u2, .u4: self = .none
    case .u8, .s8, .u16, .s16, .u32, .s32: self = .horizontal
    case .f32, .f64: self = .floatingPoint
    }
  }

  /// The predicted form of whole rows.
  func applied(to rows: UnsafeBufferPointer<UInt8>, rowBytes: Int, bands: Int, sampleBytes: Int) -> [UInt8] {
    switch (self, sampleBytes) {
    case (.none, _): Array(rows)
    case (.horizontal, 1): differences(rows, as: UInt8.self, rowBytes: rowBytes, bands: bands)
    case (.horizontal, 2): differences(rows, as: UInt16.self, rowBytes: rowBytes, bands: bands)
    case (.horizontal, _): differences(rows, as: UInt32.self, rowBytes: rowBytes, bands: bands)
    case (.floatingPoint, _): planes(rows, rowBytes: rowBytes, bands: bands, sampleBytes: sampleBytes)
    }
  }

  private func differences<Word: FixedWidthInteger>(
    _ rows: UnsafeBufferPointer<UInt8>, as: Word.Type, rowBytes: Int, bands: Int
  ) -> [UInt8] {
    let rowWords = rowBytes / MemoryLayout<Word>.stride
    return [UInt8](unsafeUninitializedCapacity: rows.count) { raw, filled in
      rows.withMemoryRebound(to: Word.self) { source in
        raw.withMemoryRebound(to: Word.self) { out in
          for row in stride(from: 0, to: source.count, by: rowWords) {
            for index in row..<row + bands { out[index] = source[index] }
            for index in row + bands..<row + rowWords { out[index] = source[index] &- source[index &- bands] }
          }
        }
      }
      filled = rows.count
    }
  }

  /// The most significant bytes of a row's samples, then the next ones …, as differences.
  private func planes(_ rows: UnsafeBufferPointer<UInt8>, rowBytes: Int, bands: Int, sampleBytes: Int) -> [UInt8] {
    let rowSamples = rowBytes / sampleBytes
    return [UInt8](unsafeUninitializedCapacity: rows.count) { out, filled in
      for row in stride(from: 0, to: rows.count, by: rowBytes) {
        for plane in 0..<sampleBytes {
          let (to, from) = (row &+ plane &* rowSamples, row &+ sampleBytes &- 1 &- plane)
          for sample in 0..<rowSamples { out[to &+ sample] = rows[from &+ sample &* sampleBytes] }
        }
        for index in stride(from: row + rowBytes - 1, through: row + bands, by: -1) {
          out[index] = out[index] &- out[index &- bands]
        }
      }
      filled = rows.count
    }
  }
}
