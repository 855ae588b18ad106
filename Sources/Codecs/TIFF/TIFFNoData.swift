import Pixels

/// How a TIFF says which samples hold no data: by a value that stands for it, or by an internal mask.
///
/// A value that the caller names is written into the samples without data. Without one the least value of a
/// floating-point type is taken, unless a sample with data has it. Everywhere else the samples stay and a mask is written:
/// an integer without data must not look like one with data, and pictures of one raster must not tell it in two ways.
package struct TIFFNoData {
  /// The samples with the value filled in.
  private(set) var samples: [UInt8]
  /// The text of the GDAL_NODATA tag.
  private(set) var text: String?
  /// One byte a pixel, 0 where there is no data; only when no value says it.
  private(set) var mask: [UInt8]?

  /// - Parameter lossy: whether the samples' compression changes them, so that no value can be told apart.
  init(_ block: PixelBlock, values: [Double]?, lossy: Bool) {
    samples = block.samples
    let type = block.pixelType
    let holes = block.pixelMask.flatMap { $0.contains(0) ? $0 : nil }
    if lossy {
      mask = holes
      return
    }
    if let values, let first = values.first, values.allSatisfy({ type.holds($0) }) {
      let uniform = values.allSatisfy { $0 == first || ($0.isNaN && first.isNaN) }
      fill(block, with: values)
      text = uniform ? Self.text(first, type) : nil
      mask = uniform ? nil : holes
      return
    }
    guard block.hasHoles else { return }
    if let reserved = type.reservedValue, !contains(reserved, block) {
      fill(block, with: [reserved])
      text = Self.text(reserved, type)
    } else {
      mask = holes
    }
  }

  private mutating func fill(_ block: PixelBlock, with values: [Double]) {
    guard block.hasHoles else { return }
    let patterns = (0..<block.bands).map { block.pixelType.bitPattern(of: values[min($0, values.count - 1)]) }
    switch block.pixelType.stride {
    case 1: fill(block, with: patterns, as: UInt8.self)
    case 2: fill(block, with: patterns, as: UInt16.self)
    case 4: fill(block, with: patterns, as: UInt32.self)
    default: fill(block, with: patterns, as: UInt64.self)
    }
  }

  private mutating func fill<Word: FixedWidthInteger>(_ block: PixelBlock, with patterns: [UInt64], as: Word.Type) {
    let words = patterns.map { Word(truncatingIfNeeded: $0) }
    samples.withUnsafeMutableBytes { raw in
      let out = raw.assumingMemoryBound(to: Word.self)
      block.forEachSample(valid: false) { index, band in out[index] = words[band] }
    }
  }

  /// Whether a sample that holds data has the value.
  private func contains(_ value: Double, _ block: PixelBlock) -> Bool {
    let pattern = block.pixelType.bitPattern(of: value)
    return switch block.pixelType.stride {
    case 1: contains(UInt8(truncatingIfNeeded: pattern), block)
    case 2: contains(UInt16(truncatingIfNeeded: pattern), block)
    case 4: contains(UInt32(truncatingIfNeeded: pattern), block)
    default: contains(pattern, block)
    }
  }

  private func contains<Word: FixedWidthInteger>(_ word: Word, _ block: PixelBlock) -> Bool {
    block.samples.withUnsafeBytes { raw in
      let samples = raw.assumingMemoryBound(to: Word.self)
      var found = false
      block.forEachSample(valid: true) { index, _ in found = found || samples[index] == word }
      return found
    }
  }

  /// A value as GDAL writes it.
  package static func text(_ value: Double, _ type: PixelType) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let held = type == .f32 ? Double(Float(value)) : value
    return Int64(exactly: held).map { String($0) } ?? "\(held)"
  }
}

extension PixelType {
  /// The value that stands for no data when nobody names one; `nil` where every value can be meant.
  fileprivate var reservedValue: Double? { isFloatingPoint ? range.lowerBound : nil }

  /// The bits of a sample that has the value; those of its nearest whole number in integers.
  fileprivate func bitPattern(of value: Double) -> UInt64 {
    switch self {
    case .u1, .u2, .u4, .u8: UInt64(UInt8(clamping: value))
    case .s8: UInt64(UInt8(bitPattern: Int8(clamping: value)))
    case .u16: UInt64(UInt16(clamping: value))
    case .s16: UInt64(UInt16(bitPattern: Int16(clamping: value)))
    case .u32: UInt64(UInt32(clamping: value))
    case .s32: UInt64(UInt32(bitPattern: Int32(clamping: value)))
    case .f32: UInt64(Float(value).bitPattern)
    case .f64: value.bitPattern
    }
  }

  /// Whether a sample can have exactly this value; for `F32`, after rounding to its precision.
  fileprivate func holds(_ value: Double) -> Bool {
    if isFloatingPoint { return !value.isFinite || range.contains(value) }
    return range.contains(value) && value == value.rounded()
  }
}

extension PixelBlock {
  /// Whether any sample is without data.
  fileprivate var hasHoles: Bool {
    switch validity {
    case .all: false
    case .none: true
    case .pixels(let mask), .samples(let mask): mask.contains(0)
    }
  }

  /// Calls `body` with the index and band of every sample that does, or does not, hold data.
  @inline(__always)
  fileprivate func forEachSample(valid: Bool, _ body: (_ index: Int, _ band: Int) -> Void) {
    func all() {
      for pixel in 0..<width * height {
        for band in 0..<bands { body(pixel &* bands &+ band, band) }
      }
    }
    switch validity {
    case .all: if valid { all() }
    case .none: if !valid { all() }
    case .pixels(let mask):
      for pixel in 0..<width * height where (mask[pixel] != 0) == valid {
        for band in 0..<bands { body(pixel &* bands &+ band, band) }
      }
    case .samples(let mask):
      for pixel in 0..<width * height {
        for band in 0..<bands where (mask[pixel &* bands &+ band] != 0) == valid { body(pixel &* bands &+ band, band) }
      }
    }
  }
}
