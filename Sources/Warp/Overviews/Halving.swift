import Pixels

/// Makes a block half as wide and half as high.
struct Halving {
  /// Whether samples are averaged; else the north-western one of two by two is taken.
  let isAverage: Bool

  /// The smaller block; at odd edges a pixel is made of those that there are.
  func halve(_ block: PixelBlock) -> PixelBlock {
    switch block.pixelType {
    case .u1, .u2, .u4, .u8: halve(block, as: UInt8.self)
    case .s8: halve(block, as: Int8.self)
    case .u16: halve(block, as: UInt16.self)
    case .s16: halve(block, as: Int16.self)
    case .u32: halve(block, as: UInt32.self)
    case .s32: halve(block, as: Int32.self)
    case .f32: halve(block, as: Float.self)
    case .f64: halve(block, as: Double.self)
    }
  }

  private func halve<T: Sample>(_ block: PixelBlock, as type: T.Type) -> PixelBlock {
    let (width, height, bands) = ((block.width + 1) / 2, (block.height + 1) / 2, block.bands)
    var canvas = Canvas(width: width, height: height, bands: bands, pixelType: block.pixelType, isValid: true)
    let source = ValidityMask(of: block)
    canvas.mask.grow(to: source.step)
    block.withSamples(as: type) { samples in
      canvas.samples.withUnsafeMutableBytes { bytes in
        let output = bytes.assumingMemoryBound(to: type)
        for row in 0..<height {
          for column in 0..<width {
            for band in 0..<bands {
              var sum = 0.0
              var count = 0.0
              neighbours: for line in row * 2..<min(row * 2 + 2, block.height) {
                for place in column * 2..<min(column * 2 + 2, block.width) {
                  let pixel = line * block.width + place
                  if source.step > 0, source.bytes[source.step == 1 ? pixel : pixel * bands + band] == 0 {
                    if isAverage { continue } else { break neighbours }
                  }
                  sum += samples[pixel * bands + band].asDouble
                  count += 1
                  if !isAverage { break neighbours }
                }
              }
              let pixel = row * width + column
              if count > 0 {
                output[pixel * bands + band] = T(clamping: sum / count)
              } else {
                canvas.mask.bytes[source.step == 1 ? pixel : pixel * bands + band] = 0
              }
            }
          }
        }
      }
    }
    return canvas.block
  }
}
