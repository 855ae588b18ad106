import Datasets
import Pixels

/// What a raster file is to hold: everything about it but its pixels.
public struct RasterLayout: Sendable, Hashable {
  /// Columns, at least 1.
  public var width: Int
  /// Rows, at least 1.
  public var height: Int
  /// Samples a pixel, at least 1.
  public var bands: Int
  /// The type of every sample.
  public var pixelType: PixelType
  /// The value that means no data, a band each; `nil` where a band has none.
  public var noData: [Double?]
  /// Whether pixels can be without data for another reason than `noData`.
  public var hasMask: Bool
  /// The colours of a single band's values, red, green, blue, alpha by value; `nil` for others.
  public var colormap: [SIMD4<UInt8>]?
  /// Where the raster lies.
  public var georeference: Georeference

  /// A layout from its parts.
  public init(
    width: Int, height: Int, bands: Int, pixelType: PixelType, noData: [Double?] = [], hasMask: Bool = false,
    colormap: [SIMD4<UInt8>]? = nil, georeference: Georeference
  ) {
    self.width = width
    self.height = height
    self.bands = bands
    self.pixelType = pixelType
    self.noData = noData.isEmpty ? [Double?](repeating: nil, count: bands) : noData
    self.hasMask = hasMask
    self.colormap = colormap
    self.georeference = georeference
  }

  /// The one value that means no data in every band; `nil` where a band has none or another one.
  var commonNoData: Double? {
    guard let first = noData.first, let value = first,
      noData.allSatisfy({ $0 == value || ($0?.isNaN == true && value.isNaN) })
    else { return nil }
    return value
  }

  /// Bytes of all samples, a sample of less than 8 bits counted as one byte; `Int.max` for more than can be counted.
  public var byteCount: Int {
    [height, bands, pixelType.stride].reduce(width) { product, factor in
      let (more, overflow) = product.multipliedReportingOverflow(by: factor)
      return overflow ? .max : more
    }
  }

  /// Bytes of a row in memory, a sample of less than 8 bits counted as one byte.
  var bytesPerRow: Int { width * bands * pixelType.stride }

  /// Whether no number that a writer counts with overflows: at most 2^31 - 1 columns and rows, 65,535 bands, 2^60 bytes.
  var isWithinFiles: Bool {
    guard (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height),
      (1...Int(UInt16.max)).contains(bands)
    else { return false }
    return height <= (1 << 60) / bytesPerRow
  }

  /// How many rows have about so many bytes in memory; at least one.
  func rows(in bytes: Int) -> Int { min(height, max(1, bytes / bytesPerRow)) }

  /// The colours of the values of a single band of at most 8 bits: of the colormap, or from black to white.
  var colors: [SIMD4<UInt8>] {
    let count = 1 << min(pixelType.bits, 8)
    if let colormap {
      return colormap.prefix(count) + Array(repeating: SIMD4(0, 0, 0, 255), count: max(0, count - colormap.count))
    }
    return (0..<count).map {
      let grey = UInt8($0 * 255 / (count - 1))
      return SIMD4(grey, grey, grey, 255)
    }
  }

  /// Whether samples are unsigned integers of at most `bits` bits.
  func isUnsigned(upTo bits: Int) -> Bool {
    pixelType.bits <= bits && !pixelType.isFloatingPoint && pixelType.range.lowerBound == 0
  }
}
