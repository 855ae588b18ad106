import Pixels

/// Gives a resampled raster the bands and the sample type of the picture.
struct LayerConversion {
  let pixelType: PixelType
  let bands: Int
  /// For each band of the picture the band of the raster, or the channel of its palette; `nil` where it has none.
  let order: [Int?]
  /// The palette whose colours stand for sample values.
  let colormap: [SIMD4<UInt8>]?

  /// The block as the picture wants it; a value that the type can't hold becomes the nearest that it can.
  func convert(_ block: PixelBlock) -> PixelBlock {
    let isSame = colormap == nil && order == (0..<block.bands).map { $0 }
    if isSame, block.pixelType == pixelType { return block }
    var canvas = Canvas(
      width: block.width, height: block.height, bands: bands, pixelType: pixelType, isValid: true)
    canvas.mask = mask(of: block)
    switch block.pixelType {
    case .u1, .u2, .u4, .u8: read(block, as: UInt8.self, into: &canvas)
    case .s8: read(block, as: Int8.self, into: &canvas)
    case .u16: read(block, as: UInt16.self, into: &canvas)
    case .s16: read(block, as: Int16.self, into: &canvas)
    case .u32: read(block, as: UInt32.self, into: &canvas)
    case .s32: read(block, as: Int32.self, into: &canvas)
    case .f32: read(block, as: Float.self, into: &canvas)
    case .f64: read(block, as: Double.self, into: &canvas)
    }
    return canvas.block
  }

  private func mask(of block: PixelBlock) -> ValidityMask {
    let source = ValidityMask(of: block)
    var mask = ValidityMask(width: block.width, height: block.height, bands: bands, isValid: true)
    let hasGaps = order.contains(nil)
    if source.step == 0, !hasGaps { return mask }
    mask.grow(to: hasGaps || source.step > 1 ? bands : 1)
    for pixel in 0..<block.width * block.height {
      for band in 0..<mask.step {
        let value: UInt8
        if source.step == 0 {
          value = 255
        } else {
          value = source.bytes[source.step == 1 ? pixel : pixel * source.step + (order[band] ?? 0)]
        }
        mask.bytes[pixel * mask.step + band] = order[band] == nil && hasGaps ? 0 : value
      }
    }
    return mask
  }

  private func read<T: Sample>(_ block: PixelBlock, as type: T.Type, into canvas: inout Canvas) {
    switch pixelType {
    case .u1, .u2, .u4, .u8: write(block, from: type, as: UInt8.self, into: &canvas)
    case .s8: write(block, from: type, as: Int8.self, into: &canvas)
    case .u16: write(block, from: type, as: UInt16.self, into: &canvas)
    case .s16: write(block, from: type, as: Int16.self, into: &canvas)
    case .u32: write(block, from: type, as: UInt32.self, into: &canvas)
    case .s32: write(block, from: type, as: Int32.self, into: &canvas)
    case .f32: write(block, from: type, as: Float.self, into: &canvas)
    case .f64: write(block, from: type, as: Double.self, into: &canvas)
    }
  }

  private func write<T: Sample, U: Sample>(
    _ block: PixelBlock, from source: T.Type, as target: U.Type, into canvas: inout Canvas
  ) {
    let range = pixelType.range
    let count = block.width * block.height
    let colours = colormap?.map { colour in (0..<4).map { U(clamping: min(Double(colour[$0]), range.upperBound)) } }
    block.withSamples(as: source) { samples in
      canvas.samples.withUnsafeMutableBytes { bytes in
        let output = bytes.assumingMemoryBound(to: target)
        for (band, chosen) in order.enumerated() {
          guard let chosen else { continue }
          if let colours {
            for pixel in 0..<count {
              let index = Int(samples[pixel * block.bands].asDouble)
              if colours.indices.contains(index) { output[pixel * bands + band] = colours[index][chosen] }
            }
            continue
          }
          for pixel in 0..<count {
            let value = samples[pixel * block.bands + chosen].asDouble
            output[pixel * bands + band] = U(clamping: pixelType.isFloatingPoint ? value : Self.hold(value, range))
          }
        }
      }
    }
  }

  /// The nearest value within a range; NaN stays itself.
  private static func hold(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    value < range.lowerBound ? range.lowerBound : value > range.upperBound ? range.upperBound : value
  }
}
