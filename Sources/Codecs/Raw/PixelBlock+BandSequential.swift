import Pixels

extension PixelBlock {
  /// The samples band after band.
  var bandSequentialSamples: [UInt8] {
    if bands == 1 { return samples }
    return switch pixelType.stride {
    case 1: separated(samples, as: UInt8.self)
    case 2: separated(samples, as: UInt16.self)
    case 4: separated(samples, as: UInt32.self)
    default: separated(samples, as: UInt64.self)
    }
  }

  /// A mask of one byte a sample, band after band.
  func bandSequential(mask: [UInt8]) -> [UInt8] { separated(mask, as: UInt8.self) }

  private func separated<Word: FixedWidthInteger>(_ bytes: [UInt8], as type: Word.Type) -> [UInt8] {
    let pixels = width * height
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { raw, filled in
      bytes.withUnsafeBytes { source in
        let source = source.assumingMemoryBound(to: Word.self)
        raw.withMemoryRebound(to: Word.self) { out in
          for band in 0..<bands {
            for pixel in 0..<pixels { out[band &* pixels &+ pixel] = source[pixel &* bands &+ band] }
          }
        }
      }
      filled = bytes.count
    }
  }
}
