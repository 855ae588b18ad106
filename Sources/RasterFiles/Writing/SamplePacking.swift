/// Samples of less than 8 bits in as few bytes as hold them, the first one of a byte in its least significant bits.
struct SamplePacking {
  /// Bits of a sample: 1, 2 or 4.
  var bits: Int

  /// Packs samples that come one a byte. Bits behind the last one are zeros.
  func pack(_ samples: UnsafeRawBufferPointer, to out: UnsafeMutableRawBufferPointer) {
    let perByte = 8 / bits
    for byte in 0..<(samples.count + perByte - 1) / perByte {
      var value: UInt8 = 0
      for (place, index) in (byte * perByte..<min(samples.count, (byte + 1) * perByte)).enumerated() {
        value |= samples[index] << UInt8(place * bits)
      }
      out[byte] = value
    }
  }
}
