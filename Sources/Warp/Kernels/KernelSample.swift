import Pixels

/// A sample that kernels can weigh.
protocol KernelSample: Sample, Hashable {
  /// What sums of weighted samples are kept in: exact enough that a result is off by less than half a level.
  associatedtype Wide: BinaryFloatingPoint & SIMDScalar & Sendable
  /// The sample as a number to weigh.
  var wide: Wide { get }
  /// The nearest value of the type, held at its ends.
  init(narrowing value: Wide)

  /// How far a place lies beyond the centre of a pixel, 0 ..< 1 pixel, as blends of this type take it.
  associatedtype Offset
  /// The last pixel whose centre doesn't lie beyond a place, -1 before the first centre, and the offset from there.
  /// - Parameter coordinate: of the place, not negative.
  static func place(_ coordinate: Double) -> (pixel: Int, offset: Offset)
  /// An offset as a number to weigh with.
  static func wide(_ offset: Offset) -> Wide

  /// The bilinear blend of two by two samples.
  /// - Parameters:
  ///   - north: the north-western sample; its eastern neighbour is `bands` further.
  ///   - south: the south-western sample.
  ///   - u: how far east of the western samples' centres.
  ///   - v: how far south of the northern samples' centres.
  static func bilinear(
    _ north: UnsafePointer<Self>, _ south: UnsafePointer<Self>, bands: Int, u: Offset, v: Offset
  ) -> Self

  /// The cubic blend of four by four samples.
  /// - Parameters:
  ///   - first: the north-western sample; its eastern neighbour is `bands` further, its southern one `stride`.
  ///   - u: how far east of the second column's centres.
  ///   - v: how far south of the second row's centres.
  static func cubic(_ first: UnsafePointer<Self>, bands: Int, stride: Int, u: Offset, v: Offset) -> Self
}

extension KernelSample where Offset == Wide {
  @inline(__always)
  static func place(_ coordinate: Double) -> (pixel: Int, offset: Wide) {
    // Adding 1 before cutting off makes a floor of it.
    let pixel = Int(coordinate + 0.5) &- 1
    return (pixel, Wide(coordinate - 0.5 - Double(pixel)))
  }

  @inline(__always)
  static func wide(_ offset: Wide) -> Wide { offset }

  @inline(__always)
  static func bilinear(
    _ north: UnsafePointer<Self>, _ south: UnsafePointer<Self>, bands: Int, u: Wide, v: Wide
  ) -> Self {
    let upper = north[0].wide + (north[bands].wide - north[0].wide) * u
    let lower = south[0].wide + (south[bands].wide - south[0].wide) * u
    return Self(narrowing: upper + (lower - upper) * v)
  }

  @inline(__always)
  static func cubic(_ first: UnsafePointer<Self>, bands: Int, stride: Int, u: Wide, v: Wide) -> Self {
    let vertical = CubicWeights.at(v)
    var sample = first
    var blended = SIMD4<Wide>.zero
    for line in 0..<4 {
      let samples = SIMD4<Wide>(
        sample[0].wide, sample[bands].wide, sample[2 &* bands].wide, sample[3 &* bands].wide)
      let weighted: SIMD4<Wide> = samples * vertical[line]
      blended += weighted
      sample += stride
    }
    let sums: SIMD4<Wide> = blended * CubicWeights.at(u)
    return Self(narrowing: sums.sum())
  }
}

// The generic conversions between integers and floats cost a hundred times what the concrete ones do: hence one
// initialiser a type. Sums of integers with finite weights are never NaN. Halves go away from zero.

extension Int8: KernelSample {
  typealias Offset = Float
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    let held = Swift.min(Swift.max(value, -128), 127)
    self = Int8(truncatingIfNeeded: Int32(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension UInt16: KernelSample {
  typealias Offset = Float
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    self = UInt16(truncatingIfNeeded: Int32(Swift.min(Swift.max(value, 0), 65535) + 0.5))
  }
}

extension Int16: KernelSample {
  typealias Offset = Float
  @inline(__always) var wide: Float { Float(self) }
  @inline(__always) init(narrowing value: Float) {
    let held = Swift.min(Swift.max(value, -32768), 32767)
    self = Int16(truncatingIfNeeded: Int32(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension UInt32: KernelSample {
  typealias Offset = Double
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) {
    self = UInt32(truncatingIfNeeded: Int64(Swift.min(Swift.max(value, 0), 4_294_967_295) + 0.5))
  }
}

extension Int32: KernelSample {
  typealias Offset = Double
  @inline(__always) var wide: Double { Double(self) }
  @inline(__always) init(narrowing value: Double) {
    let held = Swift.min(Swift.max(value, -2_147_483_648), 2_147_483_647)
    self = Int32(truncatingIfNeeded: Int64(held < 0 ? held - 0.5 : held + 0.5))
  }
}

extension Float: KernelSample {
  typealias Offset = Float
  @inline(__always) var wide: Float { self }
  @inline(__always) init(narrowing value: Float) { self = value }
}

extension Double: KernelSample {
  typealias Offset = Double
  @inline(__always) var wide: Double { self }
  @inline(__always) init(narrowing value: Double) { self = value }
}
