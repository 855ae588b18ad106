import Pixels

/// The values of a raster's bands that mean no data, as samples of its pixel type.
struct NoData: Sendable {
  let pixelType: PixelType
  /// A value a band; `nil` where there is none or where no sample can be it.
  let values: [Double?]

  init(pixelType: PixelType, values: [Double?]) {
    self.pixelType = pixelType
    self.values = values.map { value in value.flatMap { Self.representable($0, in: pixelType) } }
  }

  /// The value as a sample of `type` holds it; `nil` for values that none can hold, as GDAL ignores them.
  static func representable(_ value: Double, in type: PixelType) -> Double? {
    switch type {
    case .f64: value
    case .f32:
      // Writers print the greatest float with too few digits.
      value.isFinite && abs(value) > Double(Float.greatestFiniteMagnitude) * 1.0001
        ? nil : Float(clamping: value).asDouble
    default: type.range.contains(value) && value == value.rounded() ? value : nil
    }
  }

  /// Which samples of a block hold data. NaN never does.
  /// - Parameter samples: pixel-interleaved samples of `pixelType`, `values.count` a pixel.
  func validity(of samples: [UInt8]) -> PixelBlock.Validity {
    guard pixelType.isFloatingPoint || values.contains(where: { $0 != nil }) else { return .all }
    switch pixelType {
    case .u1, .u2, .u4, .u8: return validity(of: samples, as: UInt8.self)
    case .s8: return validity(of: samples, as: Int8.self)
    case .u16: return validity(of: samples, as: UInt16.self)
    case .s16: return validity(of: samples, as: Int16.self)
    case .u32: return validity(of: samples, as: UInt32.self)
    case .s32: return validity(of: samples, as: Int32.self)
    case .f32: return validity(of: samples, as: Float.self)
    case .f64: return validity(of: samples, as: Double.self)
    }
  }

  private func validity<T: Sample>(of samples: [UInt8], as type: T.Type) -> PixelBlock.Validity {
    let bands = values.count
    var invalid = 0
    let mask = samples.withUnsafeBytes { raw in
      let input = raw.assumingMemoryBound(to: T.self)
      return [UInt8](unsafeUninitializedCapacity: input.count) { mask, initialized in
        for band in 0..<bands {
          // A band without a value is compared with NaN, which no sample equals.
          let looked = values[band].map { T(clamping: $0) }
          var at = band
          while at < input.count {
            let sample = input[at]
            let isData = sample == sample && sample != looked
            mask[at] = isData ? 255 : 0
            invalid &+= isData ? 0 : 1
            at &+= bands
          }
        }
        initialized = input.count
      }
    }
    if invalid == 0 { return .all }
    if invalid == mask.count { return .none }
    return bands == 1 ? .pixels(mask) : PixelBlock.Validity.samples(mask).collapsed(bands: bands)
  }
}

extension PixelBlock.Validity {
  /// The same in the shortest form.
  func collapsed(bands: Int) -> PixelBlock.Validity {
    switch self {
    case .all, .none: return self
    case .pixels(let mask):
      guard let first = mask.first, mask.allSatisfy({ $0 == first }) else { return self }
      return first == 0 ? .none : .all
    case .samples(let mask):
      let count = mask.count / max(1, bands)
      return mask.withUnsafeBufferPointer { mask in
        for pixel in 0..<count {
          let start = pixel &* bands
          for band in 1..<max(1, bands) where mask[start &+ band] != mask[start] { return self }
        }
        let pixels = (0..<count).map { mask[$0 &* bands] }
        return PixelBlock.Validity.pixels(pixels).collapsed(bands: bands)
      }
    }
  }

  /// What is valid here and by a mask a pixel.
  func intersected(withPixels other: [UInt8], bands: Int) -> PixelBlock.Validity {
    switch self {
    case .none: return .none
    case .all: return PixelBlock.Validity.pixels(other).collapsed(bands: bands)
    case .pixels(var mask):
      for at in mask.indices { mask[at] &= other[at] }
      return PixelBlock.Validity.pixels(mask).collapsed(bands: bands)
    case .samples(var mask):
      for pixel in other.indices where other[pixel] == 0 {
        for band in 0..<bands { mask[pixel * bands + band] = 0 }
      }
      return PixelBlock.Validity.samples(mask).collapsed(bands: bands)
    }
  }
}
