import Pixels

/// GeoTIFF: classic, little-endian, strips, samples interleaved by pixel, all bands in their own pixel type.
struct TIFFEncoder: ImageEncoder {
  var contentType: String { "image/tiff" }
  var fileExtension: String { "tif" }

  private static let deflateLevel: Int32 = 4

  func encode(_ block: PixelBlock, options: EncodingOptions) throws(EncodingError) -> [UInt8] {
    // An offset reaches 4 GiB: samples, and room for the directories, masks and what does not compress.
    guard block.samples.count < Int(UInt32.max) / 8 * 7, block.bands <= UInt16.max else {
      throw .tooLarge(width: block.width, height: block.height)
    }
    let colormap = block.bands == 1 && block.pixelType.isPaletteIndex ? options.colormap : nil
    let isPhoto = block.pixelType == .u8 && (block.bands == 3 || (block.bands == 1 && colormap == nil))
    let scheme: TIFFCompression =
      switch options.compression {
      case .none: .none
      case .jpeg: isPhoto ? .jpeg : .deflate
      case .lz77: .deflate
      }
    let noData = TIFFNoData(block, values: options.noData, lossy: scheme == .jpeg)
    let rowSamples = block.width * block.bands
    let rows = PackedRows.bytes(of: noData.samples, rowSamples: rowSamples, bits: block.pixelType.bits)
    let rowBytes = rows.count / block.height
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
    var directory = TIFFDirectory(
      width: block.width, height: block.height, bands: block.bands, pixelType: block.pixelType, compression: scheme,
      colormap: colormap)
    if scheme == .deflate, predictor != .none { directory.set(.predictor, shorts: [predictor.rawValue]) }
    if let text = noData.text { directory.set(.gdalNoData, text: text) }
    if let georeference = options.georeference {
      GeoKeys(georeference, width: block.width, height: block.height).write(to: &directory)
    }
    var images = [(directory, strips)]
    if let mask = noData.mask { images.append(try Self.mask(mask, width: block.width, height: block.height)) }
    return Self.file(images)
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

  /// A mask of 1 bit a pixel, as a directory of its own (TIFF 6.0: NewSubfileType bit 2).
  private static func mask(_ mask: [UInt8], width: Int, height: Int) throws(EncodingError) -> (
    TIFFDirectory, TIFFStrips
  ) {
    let packed = BitMask.packed(mask, width: width, height: height)
    let strips = try TIFFStrips(packed, rowBytes: (width + 7) / 8) { (strip, _) throws(EncodingError) in
      try ZlibStream.of(strip, level: deflateLevel)
    }
    return (TIFFDirectory(maskOf: width, height: height), strips)
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
