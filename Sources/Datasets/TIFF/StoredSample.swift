import Pixels

/// How one sample stands in a decoded block, in the host's byte order.
enum StoredSample: Sendable, Hashable {
  /// Unsigned numbers of 1 to 32 bits that don't fill whole bytes: most significant bit first, rows begin at a byte.
  case packed(bits: Int)
  case u8, s8, u16, s16, u32, s32, u64, s64
  case f16, f24, f32, f64
  /// Real part before the imaginary one.
  case complexS16, complexS32, complexF32, complexF64

  /// - Parameters:
  ///   - bits: BitsPerSample.
  ///   - format: SampleFormat: 1 unsigned, 2 signed, 3 floating point, 4 undefined, 5 and 6 complex of 2 and 3.
  /// - Returns: `nil` for what no writer of rasters makes.
  init?(bits: Int, format: Int) {
    switch (format, bits) {
    case (1, 8), (4, 8): self = .u8
    case (1, 16), (4, 16): self = .u16
    case (1, 32), (4, 32): self = .u32
    case (1, 64), (4, 64): self = .u64
    case (1, 1...31), (4, 1...31): self = .packed(bits: bits)
    case (2, 8): self = .s8
    case (2, 16): self = .s16
    case (2, 32): self = .s32
    case (2, 64): self = .s64
    case (3, 16): self = .f16
    case (3, 24): self = .f24
    case (3, 32): self = .f32
    case (3, 64): self = .f64
    case (5, 32): self = .complexS16
    case (5, 64): self = .complexS32
    case (6, 64): self = .complexF32
    case (6, 128): self = .complexF64
    default: return nil
    }
  }

  /// A sample that is copied as it is, of 1, 2, 4 or 8 bytes.
  init(bytes: Int) {
    switch bytes {
    case 1: self = .u8
    case 2: self = .u16
    case 4: self = .u32
    default: self = .f64
    }
  }

  /// Bits from one sample to the next.
  var bits: Int {
    switch self {
    case .packed(let bits): bits
    case .u8, .s8: 8
    case .u16, .s16, .f16: 16
    case .f24: 24
    case .u32, .s32, .f32, .complexS16: 32
    case .u64, .s64, .f64, .complexS32, .complexF32: 64
    case .complexF64: 128
    }
  }

  /// Whether the samples are whole numbers of at most 16 bits, which can stand for the colours of a palette.
  var isIndex: Bool {
    switch self {
    case .packed, .u8, .s8, .u16, .s16: bits <= 16
    default: false
    }
  }

  /// Bytes of the number that byte order applies to.
  var wordSize: Int {
    switch self {
    case .packed(let bits): bits % 8 == 0 ? bits / 8 : 1
    case .complexS16: 2
    case .complexS32, .complexF32: 4
    case .complexF64: 8
    default: bits / 8
    }
  }

  /// The pixel type that holds every value: 64-bit integers become doubles, which are exact up to 2^53.
  var pixelType: PixelType {
    switch self {
    case .packed(1): .u1
    case .packed(2): .u2
    case .packed(3), .packed(4): .u4
    case .packed(5...7): .u8
    case .packed(9...15): .u16
    case .packed: .u32
    case .u8: .u8
    case .s8: .s8
    case .u16: .u16
    case .s16, .complexS16: .s16
    case .u32: .u32
    case .s32, .complexS32: .s32
    case .f16, .f24, .f32, .complexF32: .f32
    case .u64, .s64, .f64, .complexF64: .f64
    }
  }
}
