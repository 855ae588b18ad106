import Pixels

/// A linear stretch of each band to 0…255, for formats of 8 bits.
///
/// A band's minimum becomes 0 and its maximum 255; between them results are rounded half away from zero, outside they
/// are held at the ends. In a band whose ends are equal everything above is 255, the rest 0.
public struct Stretch: Sendable {
  /// The values that become 0 and 255, band by band; the last one serves all further bands.
  public var ranges: [ClosedRange<Double>]

  /// A stretch by given ends.
  /// - Precondition: there is at least one range.
  public init(ranges: [ClosedRange<Double>]) {
    precondition(!ranges.isEmpty, "a stretch needs a range")
    self.ranges = ranges
  }

  /// A stretch by the least and greatest finite sample that holds data, band by band; 0…0 for a band without any.
  public init(extremesOf block: PixelBlock) {
    switch block.pixelType {
    case .u1, .u2, .u4, .u8: ranges = Self.extremes(of: block, as: UInt8.self)
    case .s8: ranges = Self.extremes(of: block, as: Int8.self)
    case .u16: ranges = Self.extremes(of: block, as: UInt16.self)
    case .s16: ranges = Self.extremes(of: block, as: Int16.self)
    case .u32: ranges = Self.extremes(of: block, as: UInt32.self)
    case .s32: ranges = Self.extremes(of: block, as: Int32.self)
    case .f32: ranges = Self.extremes(of: block, as: Float.self)
    case .f64: ranges = Self.extremes(of: block, as: Double.self)
    }
  }

  /// The stretched block, of type `U8`. Samples that are not numbers become no data.
  public func apply(to block: PixelBlock) -> PixelBlock {
    switch block.pixelType {
    case .u1, .u2, .u4, .u8: stretched(block, as: UInt8.self)
    case .s8: stretched(block, as: Int8.self)
    case .u16: stretched(block, as: UInt16.self)
    case .s16: stretched(block, as: Int16.self)
    case .u32: stretched(block, as: UInt32.self)
    case .s32: stretched(block, as: Int32.self)
    case .f32: stretched(block, as: Float.self)
    case .f64: stretched(block, as: Double.self)
    }
  }

  private func stretched<T: Sample>(_ block: PixelBlock, as type: T.Type) -> PixelBlock {
    let bands = block.bands
    let bytes = block.withSamples(as: type) { samples in
      [UInt8](unsafeUninitializedCapacity: samples.count) { out, count in
        for band in 0..<bands {
          let range = ranges[min(band, ranges.count - 1)]
          let low = range.lowerBound
          let span = range.upperBound - low
          for index in stride(from: band, to: samples.count, by: bands) {
            let above = samples[index].asDouble - low
            // One rounding only, so that halves are seen as such. The comparison fails for NaN.
            let scaled = span > 0 ? above * 255 / span + 0.5 : above > 0 ? 255 : 0
            out[index] = scaled >= 1 ? UInt8(min(scaled, 255)) : 0
          }
        }
        count = samples.count
      }
    }
    return PixelBlock(
      width: block.width, height: block.height, bands: bands, pixelType: .u8, samples: bytes,
      validity: block.validityWithoutNaN)
  }

  private static func extremes<T: Sample>(of block: PixelBlock, as type: T.Type) -> [ClosedRange<Double>] {
    let bands = block.bands
    return block.withSamples(as: type) { samples in
      (0..<bands).map { band in
        var low = Double.infinity
        var high = -Double.infinity
        func take(_ index: Int) {
          let value = samples[index].asDouble
          guard value.isFinite else { return }
          low = min(low, value)
          high = max(high, value)
        }
        let indices = stride(from: band, to: samples.count, by: bands)
        switch block.validity {
        case .none: break
        case .all: for index in indices { take(index) }
        case .pixels(let mask): for (pixel, index) in indices.enumerated() where mask[pixel] != 0 { take(index) }
        case .samples(let mask): for index in indices where mask[index] != 0 { take(index) }
        }
        return low <= high ? low...high : 0...0
      }
    }
  }
}
