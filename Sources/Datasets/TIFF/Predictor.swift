/// Undoes the differences that TIFF writers take before compression (TIFF 6.0 section 14, Adobe's Technical Note 3).
enum Predictor {
  /// Predictor 2: each sample is stored as the difference from the one of the pixel to its left.
  /// - Parameters:
  ///   - bytes: whole rows, in the host's byte order.
  ///   - sampleBytes: 1, 2, 4 or 8.
  ///   - samples: samples a pixel.
  static func addHorizontally(_ bytes: inout [UInt8], rowBytes: Int, sampleBytes: Int, samples: Int) {
    bytes.withUnsafeMutableBytes { raw in
      guard let base = raw.baseAddress else { return }
      for start in stride(from: 0, to: raw.count, by: rowBytes) {
        let row = base + start
        switch sampleBytes {
        case 1: accumulate(row, UInt8.self, count: rowBytes, samples: samples)
        case 2: accumulate(row, UInt16.self, count: rowBytes / 2, samples: samples)
        case 4: accumulate(row, UInt32.self, count: rowBytes / 4, samples: samples)
        default: accumulate(row, UInt64.self, count: rowBytes / 8, samples: samples)
        }
      }
    }
  }

  @inline(__always)
  private static func accumulate<T: FixedWidthInteger>(
    _ row: UnsafeMutableRawPointer, _ type: T.Type, count: Int, samples: Int
  ) {
    let values = row.assumingMemoryBound(to: T.self)
    // Sums are kept in registers for the common numbers of samples.
    switch samples {
    case 1:
      var sum: T = 0
      for at in 0..<count {
        sum &+= values[at]
        values[at] = sum
      }
    case 3:
      var first: T = 0
      var second: T = 0
      var third: T = 0
      var at = 0
      while at &+ 2 < count {
        first &+= values[at]
        second &+= values[at &+ 1]
        third &+= values[at &+ 2]
        values[at] = first
        values[at &+ 1] = second
        values[at &+ 2] = third
        at &+= 3
      }
    default:
      var at = samples
      while at < count {
        values[at] &+= values[at &- samples]
        at &+= 1
      }
    }
  }

  /// Predictor 3: the bytes of a row of floats stand by significance, the most significant ones first, and each byte
  /// is stored as the difference from the one of the pixel to its left.
  /// - Postcondition: `bytes` are in the host's byte order, whatever the file's is.
  static func gatherFloats(_ bytes: inout [UInt8], rowBytes: Int, sampleBytes: Int, samples: Int) {
    let count = rowBytes / sampleBytes
    var row = [UInt8](repeating: 0, count: rowBytes)
    bytes.withUnsafeMutableBytes { raw in
      guard let base = raw.baseAddress else { return }
      row.withUnsafeMutableBytes { scratch in
        guard let copy = scratch.baseAddress else { return }
        for start in stride(from: 0, to: raw.count, by: rowBytes) {
          accumulate(base + start, UInt8.self, count: rowBytes, samples: samples)
          copy.copyMemory(from: base + start, byteCount: rowBytes)
          let source = copy.assumingMemoryBound(to: UInt8.self)
          let target = (base + start).assumingMemoryBound(to: UInt8.self)
          for byte in 0..<sampleBytes {
            let place = ByteOrder.host.isBigEndian ? byte : sampleBytes &- 1 &- byte
            let plane = source + byte &* count
            for at in 0..<count { target[at &* sampleBytes &+ place] = plane[at] }
          }
        }
      }
    }
  }
}
