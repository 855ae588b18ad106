import Pixels

/// A sample that kernels can weigh.
protocol KernelSample: Sample, Hashable {
  /// What sums of weighted samples are kept in: exact enough that a result is off by less than half a level.
  associatedtype Wide: BinaryFloatingPoint & SIMDScalar & Sendable
  /// The sample as a number to weigh.
  var wide: Wide { get }
  /// The nearest value of the type, held at its ends.
  init(narrowing value: Wide)
}

// The generic conversions between integers and floats cost a hundred times what the concrete ones do: hence one
// initialiser a type. Sums of integers with finite weights are never NaN. Halves go away from zero.

extension UInt8: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    self = UInt8(truncatingIfNeeded: Int32(Swift.min(Swift.max(value, 0), 255) + 0.5))
  }
}

extension Int8: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    let held = Swift.min(Swift.max(value, -128), 127)
    self = Int8(truncatingIfNeeded: Int32(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension UInt16: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    self = UInt16(truncatingIfNeeded: Int32(Swift.min(Swift.max(value, 0), 65535) + 0.5))
  }
}

extension Int16: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    let held = Swift.min(Swift.max(value, -32768), 32767)
    self = Int16(truncatingIfNeeded: Int32(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension UInt32: KernelSample {
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) {
    self = UInt32(truncatingIfNeeded: Int64(Swift.min(Swift.max(value, 0), 4_294_967_295) + 0.5))
  }
}

extension Int32: KernelSample {
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) {
    let held = Swift.min(Swift.max(value, -2_147_483_648), 2_147_483_647)
    self = Int32(truncatingIfNeeded: Int64(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension Float: KernelSample {
  @inline(__always) var wide: Float { self }
  @inline(__always) init(narrowing value: Float) { self = value }
}

extension Double: KernelSample {
  @inline(__always) var wide: Double { self }
  @inline(__always) init(narrowing value: Double) { self = value }
}
