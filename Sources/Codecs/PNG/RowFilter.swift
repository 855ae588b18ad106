/// PNG's row filters (ISO/IEC 15948, 9.2): what stands for a byte is its difference from a prediction made of the bytes
/// to the left (a), above (b) and above to the left (c).
package enum RowFilter: UInt8, CaseIterable {
  case none = 0
  case sub = 1
  case up = 2
  case paeth = 4

  private typealias Lanes = SIMD16<UInt8>

  /// The filter whose differences, taken as signed numbers, have the least absolute sum.
  /// - Parameters:
  ///   - row: the bytes of a row.
  ///   - above: those of the row above it, zeros for the first one.
  ///   - count: how many they are.
  ///   - pixelBytes: how far away the byte to the left is.
  package static func best(_ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, count: Int, pixelBytes: Int)
    -> RowFilter
  {
    var (sub, up, paeth) = (Magnitude(), Magnitude(), Magnitude())
    let (current, upper) = (UnsafeRawPointer(row), UnsafeRawPointer(above))
    var at = pixelBytes
    while at &+ 16 <= count {
      let x = current.loadUnaligned(fromByteOffset: at, as: Lanes.self)
      let a = current.loadUnaligned(fromByteOffset: at &- pixelBytes, as: Lanes.self)
      let b = upper.loadUnaligned(fromByteOffset: at, as: Lanes.self)
      let c = upper.loadUnaligned(fromByteOffset: at &- pixelBytes, as: Lanes.self)
      sub.add(x &- a)
      up.add(x &- b)
      paeth.add(x &- prediction(a, b, c))
      at &+= 16
    }
    let sums: [(RowFilter, UInt64)] = [(.sub, sub.total), (.up, up.total), (.paeth, paeth.total)]
    // The bytes at both ends are too few to decide.
    return sums.min { $0.1 < $1.1 }?.0 ?? .sub
  }

  /// Writes the filtered bytes of a row; parameters as for `best`.
  package func apply(
    _ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, count: Int, pixelBytes: Int,
    to out: UnsafeMutablePointer<UInt8>
  ) {
    switch self {
    case .none: out.update(from: row, count: count)
    case .sub: Self.apply(row, above, count, pixelBytes, out, { a, _, _ in a }, { a, _, _ in a })
    case .up: Self.apply(row, above, count, pixelBytes, out, { _, b, _ in b }, { _, b, _ in b })
    case .paeth: Self.apply(row, above, count, pixelBytes, out, Self.prediction, Self.prediction)
    }
  }

  @inline(__always)
  private static func apply(
    _ row: UnsafePointer<UInt8>, _ above: UnsafePointer<UInt8>, _ count: Int, _ pixelBytes: Int,
    _ out: UnsafeMutablePointer<UInt8>, _ lanes: (Lanes, Lanes, Lanes) -> Lanes,
    _ scalar: (UInt8, UInt8, UInt8) -> UInt8
  ) {
    let (current, upper) = (UnsafeRawPointer(row), UnsafeRawPointer(above))
    for at in 0..<min(pixelBytes, count) { out[at] = row[at] &- scalar(0, above[at], 0) }
    var at = pixelBytes
    while at &+ 16 <= count {
      let x = current.loadUnaligned(fromByteOffset: at, as: Lanes.self)
      let a = current.loadUnaligned(fromByteOffset: at &- pixelBytes, as: Lanes.self)
      let b = upper.loadUnaligned(fromByteOffset: at, as: Lanes.self)
      let c = upper.loadUnaligned(fromByteOffset: at &- pixelBytes, as: Lanes.self)
      UnsafeMutableRawPointer(out).storeBytes(of: x &- lanes(a, b, c), toByteOffset: at, as: Lanes.self)
      at &+= 16
    }
    while at < count {
      out[at] = row[at] &- scalar(row[at &- pixelBytes], above[at], above[at &- pixelBytes])
      at &+= 1
    }
  }

  /// Paeth's prediction: of a, b and c the one nearest to a + b - c; a before b before c.
  @inline(__always)
  private static func prediction(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt8 {
    let (toA, toB) = (abs(Int(b) - Int(c)), abs(Int(a) - Int(c)))
    let toC = abs(Int(a) + Int(b) - 2 * Int(c))
    return toA <= toB && toA <= toC ? a : toB <= toC ? b : c
  }

  /// The same for 16 bytes. Where a and b lie on the same side of c, c is farther away than both; elsewhere its
  /// distance is the difference of theirs. So bytes are wide enough.
  @inline(__always)
  private static func prediction(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
    let (lowA, highA) = (lesser(a, c), greater(a, c))
    let (lowB, highB) = (lesser(b, c), greater(b, c))
    let (toA, toB) = (highB &- lowB, highA &- lowA)
    let (low, high) = (lesser(toA, toB), greater(toA, toB))
    let isBetween = (lowA .== c) .^ (lowB .== c)
    let nearest = a.replacing(with: b, where: toB .< toA)
    return nearest.replacing(with: c, where: isBetween .& (high &- low .< low))
  }

  /// `pointwiseMin`, which is not inlined.
  @inline(__always)
  private static func lesser(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

  /// `pointwiseMax`, which is not inlined.
  @inline(__always)
  private static func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

  /// The sum of the absolute values of signed bytes.
  private struct Magnitude {
    private var lanes = SIMD8<UInt16>.zero
    private var additions = 0
    private(set) var sum: UInt64 = 0

    /// The sum of all bytes so far.
    var total: UInt64 { sum + UInt64(lanes.wrappedSum(as: UInt64.self)) }

    @inline(__always)
    mutating func add(_ bytes: Lanes) {
      let pairs = unsafeBitCast(RowFilter.lesser(bytes, .zero &- bytes), to: SIMD8<UInt16>.self)
      lanes &+= (pairs & 0xFF) &+ (pairs &>> 8)
      additions &+= 1
      // 255 additions of at most 2 * 128 fit into 16 bits.
      if additions == 255 {
        sum = total
        lanes = .zero
        additions = 0
      }
    }
  }
}

extension SIMD8<UInt16> {
  /// The sum of the lanes.
  fileprivate func wrappedSum(as type: UInt64.Type) -> UInt64 {
    indices.reduce(0) { $0 + UInt64(self[$1]) }
  }
}
