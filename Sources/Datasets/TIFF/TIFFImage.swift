import Pixels

/// The layout of one image of a TIFF file: its size, its blocks and what a sample is.
struct TIFFImage: Sendable {
  let directory: TIFFDirectory
  let width: Int
  let height: Int
  let isTiled: Bool
  /// Columns of a stored block: a tile, or the whole width for strips.
  let storedWidth: Int
  /// Rows of a stored block.
  let storedHeight: Int
  let samplesPerPixel: Int
  /// Whether each sample has blocks of its own.
  let isSeparate: Bool
  let sample: StoredSample
  let sampleFormat: Int
  let compression: TIFFCompression
  let predictor: Int
  let photometric: Int
  let fillOrder: Int
  let extraSamples: [Int]
  /// Samples a pixel without alpha.
  let bands: Int
  /// Which sample is the alpha channel.
  let alpha: Int?

  private let offsets: TIFFEntry
  private let byteCounts: TIFFEntry?

  /// Photometric interpretations that are told apart.
  enum Photometric {
    static let minIsWhite = 0
    static let palette = 3
    static let mask = 4
    static let yCbCr = 6
    static let cieLab = 8
  }

  /// Bytes that one decoded block may have.
  static let maximumBlockBytes = 64 << 20

  /// - Throws: `damaged` when fields contradict each other or the size of the file, `unsupported` for layouts that
  ///   are not read.
  init(_ directory: TIFFDirectory) throws(RasterError) {
    let name = directory.container.file.name
    self.directory = directory
    guard let width = try directory.integer(.imageWidth), let height = try directory.integer(.imageLength),
      width > 0, height > 0, width <= Int(Int32.max), height <= Int(Int32.max)
    else { throw .damaged("\(name) has no valid image size") }
    self.width = width
    self.height = height

    samplesPerPixel = try directory.integer(.samplesPerPixel) ?? 1
    guard samplesPerPixel > 0, samplesPerPixel <= Int(UInt16.max) else {
      throw .damaged("\(name) has \(samplesPerPixel) samples per pixel")
    }
    let bits = try Self.common(directory, .bitsPerSample, default: 1)
    sampleFormat = try Self.common(directory, .sampleFormat, default: 1)
    guard let sample = StoredSample(bits: bits, format: sampleFormat) else {
      throw .unsupported("\(name) has samples of \(bits) bits in format \(sampleFormat), which are not read")
    }
    self.sample = sample

    let code = try directory.integer(.compression) ?? 1
    guard let compression = TIFFCompression(rawValue: code), compression != .oldJPEG else {
      let kind = code == TIFFCompression.oldJPEG.rawValue ? "old-style JPEG" : "scheme \(code)"
      throw .unsupported("\(name) is compressed by \(kind), which is not read: rewrite it with gdal_translate")
    }
    self.compression = compression
    if compression == .jpeg, bits != 8 {
      throw .unsupported("\(name) has JPEG samples of \(bits) bits, only 8 are read")
    }
    predictor = try directory.integer(.predictor) ?? 1
    photometric = try directory.integer(.photometric) ?? 1
    fillOrder = try directory.integer(.fillOrder) ?? 1
    isSeparate = try directory.integer(.planarConfiguration) ?? 1 == 2 && samplesPerPixel > 1
    if let orientation = try directory.integer(.orientation), orientation > 1 {
      throw .unsupported("\(name) is stored with orientation \(orientation), only top-left is read: rewrite it")
    }

    extraSamples = try directory.integers(.extraSamples) ?? []
    let colours = samplesPerPixel - min(extraSamples.count, samplesPerPixel)
    if samplesPerPixel > 1, let first = extraSamples.firstIndex(where: { $0 == 1 || $0 == 2 }) {
      alpha = min(colours + first, samplesPerPixel - 1)
    } else {
      alpha = nil
    }
    bands = samplesPerPixel - (alpha == nil ? 0 : 1)

    let tableTags: (TIFFTag, TIFFTag)
    isTiled = directory.entries[.tileWidth] != nil
    if isTiled {
      storedWidth = try directory.integer(.tileWidth) ?? 0
      storedHeight = try directory.integer(.tileLength) ?? 0
      tableTags = (.tileOffsets, .tileByteCounts)
    } else {
      storedWidth = width
      storedHeight = min(height, try directory.integer(.rowsPerStrip) ?? height)
      tableTags = (.stripOffsets, .stripByteCounts)
    }
    guard storedWidth > 0, storedHeight > 0, storedWidth <= Int(Int32.max), storedHeight <= Int(Int32.max) else {
      throw .damaged("\(name) has blocks of \(storedWidth) x \(storedHeight)")
    }
    // Tiles written by the tag of strips are in the wild; libtiff reads them too.
    guard let offsets = directory.entries[tableTags.0] ?? directory.entries[.stripOffsets] else {
      throw .damaged("\(name) has no block offsets")
    }
    self.offsets = offsets
    byteCounts = directory.entries[tableTags.1] ?? directory.entries[.stripByteCounts]

    guard offsets.count >= blockCount, byteCounts == nil || (byteCounts?.count ?? 0) >= blockCount else {
      throw .damaged("\(name) has \(offsets.count) block offsets where \(blockCount) belong")
    }
    let (end, overflow) = offsets.position.addingReportingOverflow(offsets.count * offsets.type.size)
    guard !overflow, end <= directory.container.file.size else {
      throw .damaged("\(name) ends before its block offsets")
    }
    if isTiled, product([storedRowBytes, storedHeight]) > Self.maximumBlockBytes {
      throw .unsupported(
        "\(name) has tiles of more than \(Self.maximumBlockBytes >> 20) MB: rewrite it with smaller ones")
    }
    guard storedRowBytes <= Self.maximumBlockBytes / 4 else {
      throw .unsupported("\(name) has rows of \(storedRowBytes) bytes: rewrite it with tiles")
    }
    if isConvertedColour { try checkConvertedColour(name) }
  }

  /// Colours are computed from three samples that stand together, and by way of four bytes a pixel.
  private func checkConvertedColour(_ name: String) throws(RasterError) {
    guard !isSeparate, samplesPerPixel == 3, alpha == nil else {
      throw .unsupported(
        "\(name) has YCbCr or CIE L*a*b* colours in separate planes or beside other samples: rewrite it in RGB")
    }
    guard product([storedWidth, storedHeight, 4]) <= Self.maximumBlockBytes else {
      throw .unsupported("\(name) has YCbCr or CIE L*a*b* blocks that are too large: rewrite it with smaller tiles")
    }
  }

  /// A field that must be the same for every sample.
  private static func common(
    _ directory: TIFFDirectory, _ tag: TIFFTag, default value: Int
  ) throws(RasterError) -> Int {
    guard let values = try directory.integers(tag), let first = values.first else { return value }
    guard values.allSatisfy({ $0 == first }) else {
      throw .unsupported("\(directory.container.file.name) has bands of different sample types: split it into files")
    }
    return first
  }

  /// Samples a pixel in one stored block.
  var storedSamples: Int { isSeparate ? 1 : samplesPerPixel }
  /// Bytes of one row of a decoded block. Rows begin at a byte.
  var storedRowBytes: Int { (storedWidth * storedSamples * sample.bits + 7) / 8 }
  /// Blocks from west to east.
  var columns: Int { (width + storedWidth - 1) / storedWidth }
  /// Blocks from north to south.
  var rows: Int { (height + storedHeight - 1) / storedHeight }
  /// Blocks in all planes.
  var blockCount: Int { product([columns, rows, isSeparate ? samplesPerPixel : 1]) }

  /// Whether blocks are colours that have to be computed: YCbCr that is not JPEG's own, CIE L*a*b*.
  var isConvertedColour: Bool {
    (photometric == Photometric.yCbCr && compression != .jpeg) || photometric == Photometric.cieLab
  }

  /// Where a stored block stands in the file.
  struct Segment: Sendable {
    var offset: Int
    var count: Int
  }

  /// Where a stored block stands; `nil` for one that was never written.
  func segment(plane: Int, column: Int, row: Int) throws(RasterError) -> Segment? {
    let index = (plane * rows + row) * columns + column
    let offset = try directory.integers(of: offsets, in: index..<(index + 1))[0]
    guard offset > 0 else { return nil }
    let size = directory.container.file.size
    guard offset < size else { throw .damaged("\(directory.container.file.name) ends before block \(index)") }
    let decoded = product([storedRowBytes, isTiled ? storedHeight : min(storedHeight, height - row * storedHeight)])
    if let byteCounts {
      let count = try directory.integers(of: byteCounts, in: index..<(index + 1))[0]
      guard count <= size - offset else {
        throw .damaged("\(directory.container.file.name) ends before the end of block \(index)")
      }
      // No scheme makes a block this much larger: a count that says so would only cost memory.
      if count > 0 { return Segment(offset: offset, count: min(count, 2 * min(decoded, size) + 1 << 20)) }
      guard compression == .none else { return nil }
    }
    // Writers of old left the counts out: an uncompressed block fills its place, others end somewhere before the end.
    let count = compression == .none ? decoded : 2 * min(decoded, size) + 1 << 20
    return Segment(offset: offset, count: min(count, size - offset))
  }

  /// The palette, and black and white for bilevel images that store white as 0, which keep their numbers; `nil` for
  /// samples that can't be indices.
  func colormap() throws(RasterError) -> [SIMD4<UInt8>]? {
    guard bands == 1, sample.isIndex else { return nil }
    if photometric == Photometric.minIsWhite, sample == .packed(bits: 1) {
      return [SIMD4(255, 255, 255, 255), SIMD4(0, 0, 0, 255)]
    }
    guard photometric == Photometric.palette, let map = try directory.integers(.colorMap) else {
      return nil
    }
    let count = 1 << sample.bits
    guard map.count >= 3 * count else { throw .damaged("\(directory.container.file.name) has a short palette") }
    // Colours are 16 bits wide, but some writers put 8-bit ones there.
    let divisor = (map.max() ?? 0) < 256 ? 1 : 257
    return (0..<count).map { index in
      SIMD4(
        UInt8(clamping: map[index] / divisor), UInt8(clamping: map[count + index] / divisor),
        UInt8(clamping: map[2 * count + index] / divisor), 255)
    }
  }
}

/// The product, or `Int.max` where it can't be told.
func product(_ factors: [Int]) -> Int {
  factors.reduce(1) { total, factor in
    let (result, overflow) = total.multipliedReportingOverflow(by: factor)
    return overflow ? .max : result
  }
}
