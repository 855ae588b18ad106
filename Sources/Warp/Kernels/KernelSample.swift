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

extension KernelSample where Self: FixedWidthInteger {
  /// The nearest value of the type. Adding half and cutting off is what vectorises without SSE 4.1.
  @inline(__always)
  static func narrowed<W: BinaryFloatingPoint>(_ value: W) -> Self {
    let shifted = value < 0 ? value - 0.5 : value + 0.5
    if !(shifted > W(Self.min)) { return value.isNaN ? 0 : .min }
    if shifted >= W(Self.max) { return .max }
    return Self(shifted)
  }
}

extension UInt8: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    self = UInt8(truncatingIfNeeded: Int32(Swift.min(Swift.max(value, 0), 255) + 0.5))
  }
}

extension Int8: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) { self = .narrowed(value) }
}

extension UInt16: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) { self = .narrowed(value) }
}

extension Int16: KernelSample {
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) { self = .narrowed(value) }
}

extension UInt32: KernelSample {
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) { self = .narrowed(value) }
}

extension Int32: KernelSample {
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) { self = .narrowed(value) }
}

extension Float: KernelSample {
  @inline(__always) var wide: Float { self }
  @inline(__always) init(narrowing value: Float) { self = value }
}

extension Double: KernelSample {
  @inline(__always) var wide: Double { self }
  @inline(__always) init(narrowing value: Double) { self = value }
}
