import CDeflate

/// Decodes stored blocks of one image into samples of the host's byte order.
///
/// Uncompressed and deflated blocks are decoded here; all other schemes by libtiff, which sees each block as a little
/// file of its own and never the directories of the real one.
struct TIFFBlockDecoder: Sendable {
  let image: TIFFImage
  private let library: TIFFLibraryBlock
  private let isNative: Bool

  init(image: TIFFImage) throws(RasterError) {
    self.image = image
    library = try TIFFLibraryBlock(image: image)
    let wholeBytes = [8, 16, 24, 32, 64, 128].contains(image.sample.bits)
    let knownPredictor =
      switch image.predictor {
      case 1: true
      case 2: [8, 16, 32, 64].contains(image.sample.bits)
      case 3: image.sampleFormat == 3
      default: false
      }
    isNative =
      [.none, .deflate, .adobeDeflate].contains(image.compression) && image.fillOrder == 1
      && !image.isConvertedColour && (image.compression == .none || knownPredictor)
      && (wholeBytes || image.predictor == 1)
  }

  /// Bytes of a row that `decode` gives.
  var rowBytes: Int { image.isConvertedColour ? image.storedWidth * 3 : image.storedRowBytes }
  /// Samples a pixel that `decode` gives.
  var samples: Int { image.isConvertedColour ? 3 : image.storedSamples }

  /// Rows of a stored block: all for tiles, at the lower edge what is left for strips.
  func rows(inRow row: Int) -> Int {
    image.isTiled ? image.storedHeight : min(image.storedHeight, image.height - row * image.storedHeight)
  }

  /// Decodes a stored block.
  /// - Parameter rows: which rows are wanted, counted in the block. Uncompressed blocks are read no further.
  /// - Returns: `rows.count * rowBytes` bytes; `nil` for a block that was never written.
  func decode(plane: Int, column: Int, row: Int, rows wanted: Range<Int>) throws(RasterError) -> [UInt8]? {
    guard let segment = try image.segment(plane: plane, column: column, row: row) else { return nil }
    let all = rows(inRow: row)
    guard isNative else {
      let bytes = try library.decode(segment, rows: all, outputBytes: all * rowBytes)
      return wanted == 0..<all ? bytes : Array(bytes[(wanted.lowerBound * rowBytes)..<(wanted.upperBound * rowBytes)])
    }
    if image.compression == .none {
      let start = wanted.lowerBound * rowBytes
      let count = wanted.count * rowBytes
      guard segment.count >= start + count else {
        throw .damaged("\(image.directory.container.file.name) has a block of \(segment.count) bytes, too few")
      }
      var bytes = try image.directory.container.file.read(at: segment.offset + start, count: count)
      swapToHost(&bytes)
      return bytes
    }
    guard var bytes = try inflate(segment, count: all * rowBytes) else {
      let bytes = try library.decode(segment, rows: all, outputBytes: all * rowBytes)
      return wanted == 0..<all ? bytes : Array(bytes[(wanted.lowerBound * rowBytes)..<(wanted.upperBound * rowBytes)])
    }
    switch image.predictor {
    case 2:
      swapToHost(&bytes)
      Predictor.addHorizontally(
        &bytes, rowBytes: rowBytes, sampleBytes: image.sample.bits / 8, samples: image.storedSamples)
    case 3:
      Predictor.gatherFloats(
        &bytes, rowBytes: rowBytes, sampleBytes: image.sample.bits / 8, samples: image.storedSamples)
    default:
      swapToHost(&bytes)
    }
    return wanted == 0..<all ? bytes : Array(bytes[(wanted.lowerBound * rowBytes)..<(wanted.upperBound * rowBytes)])
  }

  /// `nil` when the stream is not what was expected; libtiff then decides, which bears streams that are too long.
  private func inflate(_ segment: TIFFImage.Segment, count: Int) throws(RasterError) -> [UInt8]? {
    let packed = try image.directory.container.file.read(at: segment.offset, count: segment.count)
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    defer { libdeflate_free_decompressor(decompressor) }
    var result = LIBDEFLATE_BAD_DATA
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var produced = 0
      result = packed.withUnsafeBytes { source in
        libdeflate_zlib_decompress(
          decompressor, source.baseAddress, source.count, buffer.baseAddress, count, &produced)
      }
      initialized = result == LIBDEFLATE_SUCCESS ? produced : 0
    }
    return result == LIBDEFLATE_SUCCESS && bytes.count == count ? bytes : nil
  }

  private func swapToHost(_ bytes: inout [UInt8]) {
    guard image.directory.container.order != .host else { return }
    ByteOrder.swap(&bytes, wordSize: image.sample.wordSize)
  }
}

extension ByteOrder {
  /// Turns every number of `wordSize` bytes round.
  static func swap(_ bytes: inout [UInt8], wordSize: Int) {
    func swap<T: FixedWidthInteger>(_ type: T.Type, _ bytes: inout [UInt8]) {
      bytes.withUnsafeMutableBytes { raw in
        for word in raw.bindMemory(to: T.self).indices {
          let at = word &* MemoryLayout<T>.size
          let value = raw.loadUnaligned(fromByteOffset: at, as: T.self)
          raw.storeBytes(of: value.byteSwapped, toByteOffset: at, as: T.self)
        }
      }
    }
    switch wordSize {
    case 2: swap(UInt16.self, &bytes)
    case 3: for at in stride(from: 0, to: bytes.count - 2, by: 3) { bytes.swapAt(at, at + 2) }
    case 4: swap(UInt32.self, &bytes)
    case 8: swap(UInt64.self, &bytes)
    default: break
    }
  }
}
