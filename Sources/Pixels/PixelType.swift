/// The type of a raster's samples, under the names that the ArcGIS REST API uses.
///
/// The number in a name is the number of bits. Types below 8 bits are kept one sample a byte in memory
/// and packed only in files.
public enum PixelType: String, CaseIterable, Sendable, Codable {
  case u1 = "U1"
  case u2 = "U2"
  case u4 = "U4"
  case u8 = "U8"
  case s8 = "S8"
  case u16 = "U16"
  case s16 = "S16"
  case u32 = "U32"
  case s32 = "S32"
  case f32 = "F32"
  case f64 = "F64"

  /// Bits of one sample in a file.
  public var bits: Int {
    switch self {
    case .u1: 1
    case .u2: 2
    case .u4: 4
    case .u8, .s8: 8
    case .u16, .s16: 16
    case .u32, .s32, .f32: 32
    case .f64: 64
    }
  }

  /// Bytes of one sample in memory.
  public var stride: Int { max(1, bits / 8) }

  /// Whether samples are IEEE floating-point numbers.
  public var isFloatingPoint: Bool { self == .f32 || self == .f64 }

  /// The least and the greatest value that a sample can hold.
  public var range: ClosedRange<Double> {
    switch self {
    case .u1: 0...1
    case .u2: 0...3
    case .u4: 0...15
    case .u8: 0...255
    case .s8: -128...127
    case .u16: 0...65535
    case .s16: -32768...32767
    case .u32: 0...4_294_967_295
    case .s32: -2_147_483_648...2_147_483_647
    case .f32: -Double(Float.greatestFiniteMagnitude)...Double(Float.greatestFiniteMagnitude)
    case .f64: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    }
  }

  /// Calls `body` with the Swift type that holds one sample of this pixel type in memory.
  @inlinable
  public func withSampleType<R, E: Error>(_ body: (any Sample.Type) throws(E) -> R) throws(E) -> R {
    switch self {
    case .u1, .u2, .u4, .u8: try body(UInt8.self)
    case .s8: try body(Int8.self)
    case .u16: try body(UInt16.self)
    case .s16: try body(Int16.self)
    case .u32: try body(UInt32.self)
    case .s32: try body(Int32.self)
    case .f32: try body(Float.self)
    case .f64: try body(Double.self)
    }
  }
}

/// A Swift number type that samples are held in.
public protocol Sample: Comparable, Sendable, BitwiseCopyable {
  /// The sample as a double; exact for every type.
  var asDouble: Double { get }
  /// The nearest value of the type: rounded half away from zero, held at the type's ends; NaN becomes 0 in integer types.
  init(clamping value: Double)
  /// The zero of the type.
  static var zero: Self { get }
}

extension Sample where Self: FixedWidthInteger {
  /// The sample as a double.
  @inlinable public var asDouble: Double { Double(self) }
  /// The nearest value of the type.
  @inlinable public init(clamping value: Double) {
    // No call of the mathematics library, which would be most of the cost of a sample.
    let held = Swift.min(Swift.max(Double(Self.min), value.isNaN ? 0 : value), Double(Self.max))
    let whole = Int64(held)
    let rest = held - Double(whole)
    self = Self(truncatingIfNeeded: whole &+ (rest >= 0.5 ? 1 : 0) &- (rest <= -0.5 ? 1 : 0))
  }
}

extension UInt8: Sample {}
extension Int8: Sample {}
extension UInt16: Sample {}
extension Int16: Sample {}
extension UInt32: Sample {}
extension Int32: Sample {}

extension Float: Sample {
  /// The sample as a double.
  @inlinable public var asDouble: Double { Double(self) }
  /// The nearest value of the type.
  @inlinable public init(clamping value: Double) {
    let limit = Double(Float.greatestFiniteMagnitude)
    self = value.isNaN ? .nan : Float(Swift.min(Swift.max(value, -limit), limit))
  }
}

extension Double: Sample {
  /// The sample as a double.
  @inlinable public var asDouble: Double { self }
  /// The nearest value of the type.
  @inlinable public init(clamping value: Double) { self = value }
}
