/// A rectangle of pixels in memory: samples interleaved by pixel (band 0, band 1, … of the first pixel, then of the
/// next one to the right), rows from the north down, and which of them hold data.
public struct PixelBlock: Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Samples a pixel.
  public let bands: Int
  /// The type of every sample.
  public let pixelType: PixelType
  /// `width * height * bands * pixelType.stride` bytes, native byte order.
  public var samples: [UInt8]
  /// Which pixels, or samples, hold data.
  public var validity: Validity

  /// Which pixels of a block hold data. In masks 0 is no data and 255 is data.
  public enum Validity: Sendable, Equatable {
    /// All of them.
    case all
    /// None of them.
    case none
    /// One byte a pixel, row by row.
    case pixels([UInt8])
    /// One byte a sample, laid out like the samples: for rasters whose nodata value is looked for band by band.
    case samples([UInt8])
  }

  /// A block over given bytes.
  /// - Precondition: `samples` has `width * height * bands * pixelType.stride` bytes.
  public init(
    width: Int, height: Int, bands: Int, pixelType: PixelType, samples: [UInt8], validity: Validity = .all
  ) {
    precondition(samples.count == width * height * bands * pixelType.stride, "samples do not fill the block")
    self.width = width
    self.height = height
    self.bands = bands
    self.pixelType = pixelType
    self.samples = samples
    self.validity = validity
  }

  /// A block of zeros that holds no data.
  public static func empty(width: Int, height: Int, bands: Int, pixelType: PixelType) -> PixelBlock {
    PixelBlock(
      width: width, height: height, bands: bands, pixelType: pixelType,
      samples: [UInt8](repeating: 0, count: width * height * bands * pixelType.stride), validity: .none)
  }

  /// Bytes of one row of samples.
  public var bytesPerRow: Int { width * bands * pixelType.stride }

  /// Memory that the block holds, in bytes.
  public var byteCount: Int {
    switch validity {
    case .all, .none: samples.count
    case .pixels(let mask), .samples(let mask): samples.count + mask.count
    }
  }

  /// Reads the samples as numbers of their Swift type.
  /// - Precondition: `T` is the type that `pixelType.withSampleType` gives.
  @inlinable
  public func withSamples<T: Sample, R>(
    as type: T.Type, _ body: (UnsafeBufferPointer<T>) throws -> R
  ) rethrows -> R {
    precondition(MemoryLayout<T>.stride == pixelType.stride, "sample type does not fit the pixel type")
    return try samples.withUnsafeBytes { bytes in try body(bytes.assumingMemoryBound(to: T.self)) }
  }

  /// Changes the samples in place as numbers of their Swift type.
  /// - Precondition: `T` is the type that `pixelType.withSampleType` gives.
  @inlinable
  public mutating func withMutableSamples<T: Sample, R>(
    as type: T.Type, _ body: (UnsafeMutableBufferPointer<T>) throws -> R
  ) rethrows -> R {
    precondition(MemoryLayout<T>.stride == pixelType.stride, "sample type does not fit the pixel type")
    return try samples.withUnsafeMutableBytes { bytes in try body(bytes.assumingMemoryBound(to: T.self)) }
  }

  /// The mask a pixel: 255 where at least one band holds data. `nil` when every pixel does.
  public var pixelMask: [UInt8]? {
    switch validity {
    case .all: return nil
    case .none: return [UInt8](repeating: 0, count: width * height)
    case .pixels(let mask): return mask
    case .samples(let mask):
      var out = [UInt8](repeating: 0, count: width * height)
      for pixel in 0..<out.count {
        for band in 0..<bands where mask[pixel * bands + band] != 0 {
          out[pixel] = 255
          break
        }
      }
      return out
    }
  }
}
