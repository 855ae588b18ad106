import Pixels

extension TIFFDirectory {
  /// The codes of the PhotometricInterpretation field.
  private enum Photometric: UInt16 {
    case minIsBlack = 1
    case rgb = 2
    case palette = 3
    case transparencyMask = 4
    case yCbCr = 6
  }

  /// What a directory says of an image with its samples interleaved by pixel, but where its strips or tiles are.
  /// - Parameter colormap: the colours of a single band of unsigned integers of at most 16 bits.
  package init(
    width: Int, height: Int, bands: Int, pixelType: PixelType, compression: TIFFCompression,
    colormap: [SIMD4<UInt8>]?
  ) {
    let isRGB = bands == 3 && pixelType == .u8
    let photometric: Photometric =
      colormap != nil ? .palette : !isRGB ? .minIsBlack : compression == .jpeg ? .yCbCr : .rgb
    let (unsigned, signed, real): (UInt16, UInt16, UInt16) = (1, 2, 3)
    let format = pixelType.isFloatingPoint ? real : pixelType.range.lowerBound < 0 ? signed : unsigned
    self.init()
    set(.imageWidth, longs: [UInt32(width)])
    set(.imageLength, longs: [UInt32(height)])
    set(.bitsPerSample, shorts: Array(repeating: UInt16(pixelType.bits), count: bands))
    set(.compression, shorts: [compression.rawValue])
    set(.photometricInterpretation, shorts: [photometric.rawValue])
    set(.samplesPerPixel, shorts: [UInt16(bands)])
    set(.planarConfiguration, shorts: [1])
    set(.sampleFormat, shorts: Array(repeating: format, count: bands))
    if photometric == .yCbCr { set(.yCbCrSubSampling, shorts: [2, 2]) }
    let colors = isRGB ? 3 : 1
    if bands > colors { set(.extraSamples, shorts: Array(repeating: 0, count: bands - colors)) }
    if let colormap {
      let entries = 1 << pixelType.bits
      let channels = [\SIMD4<UInt8>.x, \.y, \.z].map { channel in
        (0..<entries).map { $0 < colormap.count ? UInt16(colormap[$0][keyPath: channel]) * 257 : 0 }
      }
      set(.colorMap, shorts: Array(channels.joined()))
    }
  }

  /// What a directory says of a mask of 1 bit a pixel, compressed with Deflate (TIFF 6.0: NewSubfileType bit 2).
  package init(maskOf width: Int, height: Int) {
    self.init()
    set(.newSubfileType, longs: [4])
    set(.imageWidth, longs: [UInt32(width)])
    set(.imageLength, longs: [UInt32(height)])
    set(.bitsPerSample, shorts: [1])
    set(.compression, shorts: [TIFFCompression.deflate.rawValue])
    set(.photometricInterpretation, shorts: [Photometric.transparencyMask.rawValue])
    set(.samplesPerPixel, shorts: [1])
    set(.planarConfiguration, shorts: [1])
  }
}
