/// Rows of samples that may have less than 8 bits, as PNG and TIFF hold them.
package enum PackedRows {
  /// The samples as rows of a file: those below 8 bits packed, most significant bit first, rows padded to bytes.
  /// - Parameters:
  ///   - samples: whole rows, one sample a byte where `bits` is below 8.
  ///   - rowSamples: samples a row.
  package static func bytes(of samples: [UInt8], rowSamples: Int, bits: Int) -> [UInt8] {
    guard bits < 8 else { return samples }
    let rowBytes = (rowSamples * bits + 7) / 8
    let rows = samples.count / rowSamples
    return [UInt8](unsafeUninitializedCapacity: rowBytes * rows) { packed, filled in
      packed.initialize(repeating: 0)
      samples.withUnsafeBufferPointer { samples in
        for row in 0..<rows {
          for column in 0..<rowSamples {
            let bit = column &* bits
            let shift = UInt8(truncatingIfNeeded: 8 &- bits &- bit & 7)
            packed[row &* rowBytes &+ bit >> 3] |= samples[row &* rowSamples &+ column] &<< shift
          }
        }
      }
      filled = rowBytes * rows
    }
  }
}
