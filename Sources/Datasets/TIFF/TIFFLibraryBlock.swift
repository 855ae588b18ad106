import CTIFF

/// Decodes single blocks with libtiff.
///
/// libtiff is given a BigTIFF of one strip: a directory made here from the checked layout, followed by the block's
/// bytes straight from the real file. Nothing in the real file can lead it elsewhere, and threads share nothing.
struct TIFFLibraryBlock: Sendable {
  private let image: TIFFImage
  /// Fields that don't depend on the block: tag, type, count, value bytes.
  private let fields: [(tag: TIFFTag, type: TIFFEntry.ValueType, count: Int, bytes: [UInt8])]

  init(image: TIFFImage) throws(RasterError) {
    self.image = image
    let order = image.directory.container.order
    var fields: [(tag: TIFFTag, type: TIFFEntry.ValueType, count: Int, bytes: [UInt8])] = []
    func short(_ tag: TIFFTag, _ values: [Int]) {
      fields.append((tag, .short, values.count, values.flatMap { order.bytes(UInt16(clamping: $0)) }))
    }
    let samples = image.storedSamples
    short(.bitsPerSample, [Int](repeating: image.sample.bits, count: samples))
    short(.sampleFormat, [Int](repeating: image.sampleFormat, count: samples))
    short(.compression, [image.compression.rawValue])
    // One plane of a colour image is no colour image.
    short(.photometric, [image.isSeparate ? 1 : image.photometric])
    short(.fillOrder, [image.fillOrder])
    short(.samplesPerPixel, [samples])
    short(.planarConfiguration, [1])
    short(.predictor, [image.predictor])
    if !image.isSeparate, !image.extraSamples.isEmpty, image.extraSamples.count < samples {
      short(.extraSamples, image.extraSamples)
    }
    for tag: TIFFTag in [
      .t4Options, .t6Options, .jpegTables, .lercParameters, .yCbCrCoefficients, .yCbCrSubSampling, .referenceBlackWhite,
    ] {
      guard let entry = image.directory.entries[tag], let bytes = try image.directory.bytes(tag) else { continue }
      fields.append((tag, entry.type, entry.count, bytes))
    }
    self.fields = fields
  }

  /// Decodes one block.
  /// - Parameters:
  ///   - rows: rows of the block.
  ///   - outputBytes: bytes of all rows in the host's byte order; red, green, blue for converted colours.
  func decode(_ segment: TIFFImage.Segment, rows: Int, outputBytes: Int) throws(RasterError) -> [UInt8] {
    let tiff = try open(segment, rows: rows)
    defer { TIFFClose(tiff) }
    if image.isConvertedColour { return try convertedColours(tiff, rows: rows) }
    // Cleared, so that a codec that gives up early can't show what was in memory before.
    var bytes = [UInt8](repeating: 0, count: outputBytes)
    let got = Int(TIFFReadEncodedStrip(tiff, 0, &bytes, tmsize_t(outputBytes)))
    guard got == outputBytes else { throw damage(tiff) }
    return bytes
  }

  /// A handle on one block. The caller closes it.
  func open(_ segment: TIFFImage.Segment, rows: Int) throws(RasterError) -> OpaquePointer {
    let file = image.directory.container.file
    let prefix = header(segment, rows: rows)
    guard
      let tiff = ctiff_open_segment(
        prefix, prefix.count, file.descriptor, UInt64(segment.offset), UInt64(segment.count))
    else { throw .damaged("\(file.name) has a block that can't be opened") }
    if image.compression == .jpeg, image.photometric == TIFFImage.Photometric.yCbCr, !image.isSeparate {
      _ = ctiff_set_u32(tiff, UInt32(TIFFTAG_JPEGCOLORMODE), UInt32(JPEGCOLORMODE_RGB))
    }
    return tiff
  }

  func damage(_ tiff: OpaquePointer) -> RasterError {
    let message = String(cString: ctiff_error(tiff))
    return .damaged(
      "\(image.directory.container.file.name) has a damaged block\(message.isEmpty ? "" : ": " + message)")
  }

  private func convertedColours(_ tiff: OpaquePointer, rows: Int) throws(RasterError) -> [UInt8] {
    let width = image.storedWidth
    var raster = [UInt32](repeating: 0, count: width * rows)
    let succeeded = TIFFReadRGBAImageOriented(
      tiff, UInt32(width), UInt32(rows), &raster, Int32(ORIENTATION_TOPLEFT), 1)
    guard succeeded == 1, ctiff_error(tiff).pointee == 0 else { throw damage(tiff) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raster.count * 3)
    for pixel in raster {
      bytes.append(UInt8(truncatingIfNeeded: pixel))
      bytes.append(UInt8(truncatingIfNeeded: pixel >> 8))
      bytes.append(UInt8(truncatingIfNeeded: pixel >> 16))
    }
    return bytes
  }

  /// The header and directory of the one-strip file, in the byte order of the real one.
  private func header(_ segment: TIFFImage.Segment, rows: Int) -> [UInt8] {
    let order = image.directory.container.order
    func long(_ tag: TIFFTag, _ value: Int) -> (tag: TIFFTag, type: TIFFEntry.ValueType, count: Int, bytes: [UInt8]) {
      (tag, .long8, 1, order.bytes(UInt64(value)))
    }
    var entries = fields
    entries.append(long(.imageWidth, image.storedWidth))
    entries.append(long(.imageLength, rows))
    entries.append(long(.rowsPerStrip, rows))
    entries.append(long(.stripByteCounts, segment.count))
    entries.append(long(.stripOffsets, 0))
    let directoryEnd = 16 + 8 + entries.count * 20 + 8
    let total = directoryEnd + entries.map { $0.bytes.count > 8 ? ($0.bytes.count + 1) & ~1 : 0 }.reduce(0, +)
    entries[entries.count - 1] = long(.stripOffsets, total)
    entries.sort { $0.tag.rawValue < $1.tag.rawValue }

    var head: [UInt8] = order.isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
    head += order.bytes(UInt16(43)) + order.bytes(UInt16(8)) + order.bytes(UInt16(0)) + order.bytes(UInt64(16))
    head += order.bytes(UInt64(entries.count))
    var values: [UInt8] = []
    for entry in entries {
      head += order.bytes(entry.tag.rawValue) + order.bytes(entry.type.rawValue) + order.bytes(UInt64(entry.count))
      if entry.bytes.count <= 8 {
        head += entry.bytes + [UInt8](repeating: 0, count: 8 - entry.bytes.count)
      } else {
        head += order.bytes(UInt64(directoryEnd + values.count))
        values += entry.bytes
        if values.count % 2 == 1 { values.append(0) }
      }
    }
    head += order.bytes(UInt64(0))
    return head + values
  }
}
