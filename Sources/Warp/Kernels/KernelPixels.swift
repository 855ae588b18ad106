import Pixels

/// Source pixels as a kernel sees them; lives no longer than the window that it was made from.
struct KernelPixels<T: KernelSample> {
  let samples: UnsafePointer<T>
  let width: Int
  let height: Int
  let bands: Int
  /// 0 is no data; `nil` when all pixels hold data.
  let mask: UnsafePointer<UInt8>?
  /// Mask bytes a pixel: 1, or one for each band.
  let maskStep: Int

  /// Calls `body` with the pixels of a window.
  static func with<R>(_ window: SourcePixels, _ body: (KernelPixels<T>) -> R) -> R? {
    let block = window.block
    return block.withSamples(as: T.self) { samples in
      guard let base = samples.baseAddress else { return nil }
      func pixels(_ mask: UnsafePointer<UInt8>?, _ step: Int) -> KernelPixels<T> {
        KernelPixels(
          samples: base, width: block.width, height: block.height, bands: block.bands, mask: mask, maskStep: step)
      }
      switch block.validity {
      case .none: return nil
      case .all: return body(pixels(nil, 0))
      case .pixels(let mask): return mask.withUnsafeBufferPointer { body(pixels($0.baseAddress, 1)) }
      case .samples(let mask): return mask.withUnsafeBufferPointer { body(pixels($0.baseAddress, block.bands)) }
      }
    }
  }

  /// Whether a pixel holds data in any band.
  @inline(__always)
  func isValid(_ column: Int, _ row: Int) -> Bool {
    guard let mask else { return true }
    let first = (row * width + column) * maskStep
    for index in first..<first + maskStep where mask[index] != 0 { return true }
    return false
  }

  /// Whether a sample holds data.
  @inline(__always)
  func isValid(_ column: Int, _ row: Int, _ band: Int) -> Bool {
    guard let mask else { return true }
    let pixel = (row * width + column) * maskStep
    return mask[maskStep == 1 ? pixel : pixel + band] != 0
  }

  /// A sample as a number to weigh.
  @inline(__always)
  func wide(_ column: Int, _ row: Int, _ band: Int) -> T.Wide {
    samples[(row * width + column) * bands + band].wide
  }

  /// A byte a pixel: 255 where all bands hold data, else 0. Only for pixels that have a mask.
  var wholeMask: [UInt8] {
    guard let mask else { return [] }
    return [UInt8](unsafeUninitializedCapacity: width * height) { whole, count in
      count = width * height
      for pixel in 0..<count {
        var all: UInt8 = 255
        for byte in pixel &* maskStep..<(pixel &+ 1) &* maskStep { all &= mask[byte] }
        whole[pixel] = all
      }
    }
  }
}
