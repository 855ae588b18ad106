import Pixels

/// GeoTIFF: classic, little-endian, strips, samples interleaved by pixel, all bands in their own pixel type.
struct TIFFEncoder: ImageEncoder {
  var contentType: String { "image/tiff" }
  var fileExtension: String { "tif" }

  /// The codes of the Compression field.
  private enum Scheme: UInt16 {
    case none = 1
    case jpeg = 7
    case deflate = 8
  }

  private static let deflateLevel: Int32 = 4

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    // An offset reaches 4 GiB: samples, and room for the directories, masks and what does not compress.
    guard block.samples.count < Int(UInt32.max) / 8 * 7, block.bands <= UInt16.max else {
      throw .tooLarge(width: block.width, height: block.height)
    }
    let colormap = block.bands == 1 && block.pixelType.isPaletteIndex ? options.colormap : nil
    let isPhoto = block.pixelType == .u8 && (block.bands == 3 || (block.bands == 1 && colormap == nil))
    let scheme: Scheme =
      switch options.compression {
      case .none: .none
      case .jpeg: isPhoto ? .jpeg : .deflate
      case .lz77: .deflate
      }
    let noData = TIFFNoData(block, values: options.noData, lossy: scheme == .jpeg)
    let (rows, rowBytes) = Self.rows(noData.samples, of: block)
    let predictor = TIFFPredictor(for: block.pixelType)
    let strips: TIFFStrips
    switch scheme {
    case .none: strips = TIFFStrips(plain: rows, rowBytes: rowBytes)
    case .deflate: strips = try Self.deflated(rows, rowBytes: rowBytes, predictor: predictor, of: block)
    case .jpeg:
      let compressor = try JPEGCompressor(quality: options.compressionQuality)
      // 4:2:0 blocks are 16 rows high.
      strips = try TIFFStrips(rows, rowBytes: rowBytes, rowUnit: 16) { (pixels, count) throws(EncodingError) in
        try compressor.compress(pixels, width: block.width, height: count, channels: block.bands)
      }
    }
    var directory = Self.directory(of: block, scheme: scheme, colormap: colormap)
    if scheme == .deflate, predictor != .none { directory.set(.predictor, shorts: [predictor.rawValue]) }
    if let text = noData.text { directory.set(.gdalNoData, text: text) }
    if let georeference = options.georeference {
      GeoKeys(georeference).write(to: &directory, width: block.width, height: block.height)
    }
    var images = [(directory, strips)]
    if let mask = noData.mask { images.append(try Self.mask(mask, width: block.width, height: block.height)) }
    return Self.file(images)
  }

  /// The samples as rows of a file: those below 8 bits packed, most significant bit first, rows padded to bytes.
  private static func rows(_ samples: [UInt8], of block: PixelBlock) -> ([UInt8], rowBytes: Int) {
    let bits = block.pixelType.bits
    guard bits < 8 else { return (samples, block.bytesPerRow) }
    let rowSamples = block.width * block.bands
    let rowBytes = (rowSamples * bits + 7) / 8
    var packed = [UInt8](repeating: 0, count: rowBytes * block.height)
    for row in 0..<block.height {
      for column in 0..<rowSamples {
        let bit = column &* bits
        packed[row &* rowBytes &+ bit >> 3] |= samples[row &* rowSamples &+ column] << UInt8(8 - bits - bit & 7)
      }
    }
    return (packed, rowBytes)
  }

  private static func deflated(_ rows: [UInt8], rowBytes: Int, predictor: TIFFPredictor, of block: PixelBlock)
    throws(EncodingError) -> TIFFStrips
  {
    try TIFFStrips(rows, rowBytes: rowBytes) { (strip, _) throws(EncodingError) in
      let predicted = predictor.applied(
        to: strip, rowBytes: rowBytes, bands: block.bands, sampleBytes: block.pixelType.stride)
      return try predicted.withUnsafeBufferPointer { (bytes) throws(EncodingError) in
        try ZlibStream.of(bytes, level: deflateLevel)
      }
    }
  }

  private static func directory(of block: PixelBlock, scheme: Scheme, colormap: [SIMD4<UInt8>]?) -> TIFFDirectory {
    /// The codes of the PhotometricInterpretation field.
    enum Photometric: UInt16 {
      case minIsBlack = 1
      case rgb = 2
      case palette = 3
      case yCbCr = 6
    }
    let bands = block.bands
    let isRGB = bands == 3 && block.pixelType == .u8
    let photometric: Photometric =
      colormap != nil ? .palette : !isRGB ? .minIsBlack : scheme == .jpeg ? .yCbCr : .rgb
    let (unsigned, signed, real): (UInt16, UInt16, UInt16) = (1, 2, 3)
    let format = block.pixelType.isFloatingPoint ? real : block.pixelType.range.lowerBound < 0 ? signed : unsigned
    var directory = TIFFDirectory()
    directory.set(.imageWidth, longs: [UInt32(block.width)])
    directory.set(.imageLength, longs: [UInt32(block.height)])
    directory.set(.bitsPerSample, shorts: Array(repeating: UInt16(block.pixelType.bits), count: bands))
    directory.set(.compression, shorts: [scheme.rawValue])
    directory.set(.photometricInterpretation, shorts: [photometric.rawValue])
    directory.set(.samplesPerPixel, shorts: [UInt16(bands)])
    directory.set(.planarConfiguration, shorts: [1])
    directory.set(.sampleFormat, shorts: Array(repeating: format, count: bands))
    if photometric == .yCbCr { directory.set(.yCbCrSubSampling, shorts: [2, 2]) }
    let colors = isRGB ? 3 : 1
    if bands > colors { directory.set(.extraSamples, shorts: Array(repeating: 0, count: bands - colors)) }
    if let colormap {
      let entries = 1 << block.pixelType.bits
      let channels = [\SIMD4<UInt8>.x, \.y, \.z].map { channel in
        (0..<entries).map { $0 < colormap.count ? UInt16(colormap[$0][keyPath: channel]) * 257 : 0 }
      }
      directory.set(.colorMap, shorts: Array(channels.joined()))
    }
    return directory
  }

  /// A mask of 1 bit a pixel, as a directory of its own (TIFF 6.0: NewSubfileType bit 2).
  private static func mask(_ mask: [UInt8], width: Int, height: Int) throws(EncodingError) -> (
    TIFFDirectory, TIFFStrips
  ) {
    let transparencyMask: UInt16 = 4
    let packed = BitMask.packed(mask, width: width, height: height)
    let strips = try TIFFStrips(packed, rowBytes: (width + 7) / 8) { (strip, _) throws(EncodingError) in
      try ZlibStream.of(strip, level: deflateLevel)
    }
    var directory = TIFFDirectory()
    directory.set(.newSubfileType, longs: [4])
    directory.set(.imageWidth, longs: [UInt32(width)])
    directory.set(.imageLength, longs: [UInt32(height)])
    directory.set(.bitsPerSample, shorts: [1])
    directory.set(.compression, shorts: [Scheme.deflate.rawValue])
    directory.set(.photometricInterpretation, shorts: [transparencyMask])
    directory.set(.samplesPerPixel, shorts: [1])
    directory.set(.planarConfiguration, shorts: [1])
    return (directory, strips)
  }

  /// The file: header, all strips, then the directories.
  private static func file(_ images: [(directory: TIFFDirectory, strips: TIFFStrips)]) -> [UInt8] {
    let headerBytes = 8
    let dataBytes = images.reduce(headerBytes) { $0 + $1.strips.bytes.count }
    var file: [UInt8] = [0x49, 0x49, 42, 0]
    file.reserveCapacity(dataBytes + 4096)
    file.append(littleEndian: UInt32((dataBytes + 1) / 2 * 2))
    var directories: [TIFFDirectory] = []
    for (directory, strips) in images {
      var directory = directory
      directory.set(.stripOffsets, longs: strips.offsets(from: file.count))
      directory.set(.stripByteCounts, longs: strips.lengths.map { UInt32($0) })
      directory.set(.rowsPerStrip, longs: [UInt32(strips.rowsPerStrip)])
      directories.append(directory)
      file.append(contentsOf: strips.bytes)
    }
    // Directories begin on a word boundary.
    if file.count % 2 == 1 { file.append(0) }
    for (number, directory) in directories.enumerated() {
      file += directory.bytes(at: file.count, next: number == directories.count - 1 ? 0 : nil)
    }
    return file
  }
}

extension PixelType {
  /// Whether a TIFF may hold colour numbers of this type.
  fileprivate var isPaletteIndex: Bool {
    switch self {
    case .u1, .u2, .u4, .u8: true
    case .s8, .u16, .s16, .u32, .s32, .f32, .f64: false
    }
  }
}
