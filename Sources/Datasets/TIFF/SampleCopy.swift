import Pixels

/// Copies samples out of decoded blocks into pixel-interleaved ones, turning stored numbers into those of a pixel type.
enum SampleCopy {
  /// Copies one sample of each of `count` pixels.
  /// - Parameters:
  ///   - stored: what a sample is in `row`; the samples in `target` are of `stored.pixelType`.
  ///   - row: a row of a decoded block.
  ///   - first: index of the first sample to copy, counted in samples from the row's begin.
  ///   - step: samples from one pixel to the next.
  ///   - target: where the first sample goes.
  ///   - targetStep: samples from one pixel to the next in the target.
  static func copy(
    _ stored: StoredSample, from row: UnsafeRawPointer, first: Int, step: Int, to target: UnsafeMutableRawPointer,
    targetStep: Int, count: Int
  ) {
    func plain<T: BitwiseCopyable>(_ type: T.Type) {
      let source = row + first &* MemoryLayout<T>.size
      if step == 1, targetStep == 1 {
        target.copyMemory(from: source, byteCount: count &* MemoryLayout<T>.size)
        return
      }
      let output = target.assumingMemoryBound(to: T.self)
      for at in 0..<count {
        output[at &* targetStep] = source.loadUnaligned(fromByteOffset: at &* step &* MemoryLayout<T>.size, as: T.self)
      }
    }
    /// Of each stored sample the first `T` is taken.
    func converted<T: BitwiseCopyable, U: BitwiseCopyable>(_ type: T.Type, _ convert: (T) -> U) {
      let size = stored.bits / 8
      let output = target.assumingMemoryBound(to: U.self)
      for at in 0..<count {
        output[at &* targetStep] = convert(
          row.loadUnaligned(fromByteOffset: (first &+ at &* step) &* size, as: T.self))
      }
    }
    switch stored {
    case .u8, .s8: plain(UInt8.self)
    case .u16, .s16: plain(UInt16.self)
    case .u32, .s32, .f32: plain(UInt32.self)
    case .f64: plain(UInt64.self)
    case .u64: converted(UInt64.self) { Double($0) }
    case .s64: converted(Int64.self) { Double($0) }
    case .complexS16: converted(UInt16.self) { $0 }
    case .complexS32, .complexF32: converted(UInt32.self) { $0 }
    case .complexF64: converted(UInt64.self) { $0 }
    case .f16: converted(UInt16.self) { float(half: $0) }
    case .f24:
      let output = target.assumingMemoryBound(to: Float.self)
      let bytes = row.assumingMemoryBound(to: UInt8.self)
      for at in 0..<count {
        let from = (first &+ at &* step) &* 3
        let (low, high) = ByteOrder.host.isBigEndian ? (from &+ 2, from) : (from, from &+ 2)
        output[at &* targetStep] = float(
          bits24: UInt32(bytes[high]) << 16 | UInt32(bytes[from &+ 1]) << 8 | UInt32(bytes[low]))
      }
    case .packed(let bits):
      switch stored.pixelType.stride {
      case 1: unpack(bits, row, first, step, target, targetStep, count, as: UInt8.self)
      case 2: unpack(bits, row, first, step, target, targetStep, count, as: UInt16.self)
      default: unpack(bits, row, first, step, target, targetStep, count, as: UInt32.self)
      }
    }
  }

  private static func unpack<T: FixedWidthInteger & UnsignedInteger>(
    _ bits: Int, _ row: UnsafeRawPointer, _ first: Int, _ step: Int, _ target: UnsafeMutableRawPointer,
    _ targetStep: Int, _ count: Int, as type: T.Type
  ) {
    let bytes = row.assumingMemoryBound(to: UInt8.self)
    let output = target.assumingMemoryBound(to: T.self)
    for at in 0..<count {
      var position = (first &+ at &* step) &* bits
      var wanted = bits
      var value: UInt32 = 0
      while wanted > 0 {
        let left = 8 &- position & 7
        let taken = min(left, wanted)
        let part = UInt32(bytes[position >> 3]) >> UInt32(left &- taken) & (1 << UInt32(taken) &- 1)
        value = value << UInt32(taken) | part
        position &+= taken
        wanted &-= taken
      }
      output[at &* targetStep] = T(truncatingIfNeeded: value)
    }
  }

  /// IEEE 754 binary16.
  static func float(half bits: UInt16) -> Float {
    small(
      sign: UInt32(bits >> 15), exponent: Int(bits >> 10 & 0x1F), fraction: UInt32(bits & 0x3FF), bits: 10, bias: 15)
  }

  /// The 24-bit floats of Adobe's Technical Note 3: 1 sign, 7 exponent and 16 fraction bits.
  static func float(bits24 bits: UInt32) -> Float {
    small(sign: bits >> 23, exponent: Int(bits >> 16 & 0x7F), fraction: bits & 0xFFFF, bits: 16, bias: 63)
  }

  private static func small(sign: UInt32, exponent: Int, fraction: UInt32, bits: Int, bias: Int) -> Float {
    let largest = 2 * bias + 1
    let magnitude: Float
    if exponent == largest {
      magnitude = Float(bitPattern: 0xFF << 23 | fraction << UInt32(23 - bits))
    } else if exponent == 0 {
      magnitude = Float(sign: .plus, exponent: 1 - bias - bits, significand: Float(fraction))
    } else {
      magnitude = Float(bitPattern: UInt32(exponent - bias + 127) << 23 | fraction << UInt32(23 - bits))
    }
    return sign == 1 ? -magnitude : magnitude
  }
}
