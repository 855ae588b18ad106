import Pixels

/// Reads rectangles of one image of a TIFF file, whatever its blocks are.
final class TIFFImageReader: Sendable {
  let image: TIFFImage
  /// Columns and rows of the blocks that the image is given in: stored blocks, put together where they are small and
  /// cut by rows where they are large.
  let blockWidth: Int
  let blockHeight: Int
  /// Colours and other data, without alpha.
  let bands: Int
  let pixelType: PixelType

  private let decoder: TIFFBlockDecoder
  private let stream: TIFFStripStream?

  /// Stored blocks below this are put together.
  private static let smallBlock = 64 << 10
  /// - Parameter largeStrip: strips of more bytes are cut into quarters of that.
  init(image: TIFFImage, largeStrip: Int = 4 << 20) throws(RasterError) {
    self.image = image
    decoder = try TIFFBlockDecoder(image: image)
    bands = image.isConvertedColour ? 3 : image.bands
    pixelType = image.isConvertedColour ? .u8 : image.sample.pixelType

    let rowBytes = max(1, product([decoder.rowBytes, image.isSeparate ? image.samplesPerPixel : 1]))
    let stored = product([rowBytes, image.storedHeight])
    let isCut = !image.isTiled && stored > largeStrip
    if image.isTiled {
      blockWidth = image.storedWidth * max(1, min(128 / image.storedWidth, image.columns))
      blockHeight = image.storedHeight * max(1, min(128 / image.storedHeight, image.rows))
    } else if isCut {
      blockWidth = image.width
      blockHeight = max(1, largeStrip / 4 / rowBytes)
    } else {
      blockWidth = image.width
      blockHeight = min(image.height, image.storedHeight * max(1, (Self.smallBlock + stored - 1) / stored))
    }
    stream = isCut && image.compression != .none ? try TIFFStripStream(image: image) : nil
    if isCut, image.isConvertedColour {
      throw .unsupported(
        "\(image.directory.container.file.name) has YCbCr or CIE L*a*b* strips above 4 MB: rewrite it with tiles")
    }
  }

  /// The row that the next read comes to without starting over; `nil` where every block is read by itself.
  var streamPosition: Int? { stream?.position }

  /// The samples of a rectangle within the image, and which of them an alpha channel or a hole in the file hides.
  struct Samples {
    var bytes: [UInt8]
    /// The alpha channel's verdict, 0 or 255 a pixel; `nil` without one.
    var alpha: [UInt8]?
    /// Whether blocks were missing; their samples are 0.
    var hasHoles = false
    /// 0 where a pixel lies in a missing block; empty without holes.
    var written: [UInt8] = []
  }

  /// Reads a rectangle.
  /// - Precondition: it lies within the image.
  func read(x: Int, y: Int, width: Int, height: Int) throws(RasterError) -> Samples {
    let pixelBytes = bands * pixelType.stride
    guard product([width, height, pixelBytes]) <= TIFFImage.maximumBlockBytes else {
      throw .unsupported(
        "\(image.directory.container.file.name) has blocks of more than \(TIFFImage.maximumBlockBytes >> 20) MB")
    }
    var out = Samples(bytes: [], alpha: image.alpha.map { _ in [UInt8](repeating: 0, count: width * height) })
    out.bytes = try [UInt8].filled(count: width * height * pixelBytes) { (buffer) throws(RasterError) in
      for row in (y / image.storedHeight)...((y + height - 1) / image.storedHeight) {
        for column in (x / image.storedWidth)...((x + width - 1) / image.storedWidth) {
          for plane in 0..<(image.isSeparate ? image.samplesPerPixel : 1) {
            // The part of the rectangle that the stored block covers, in pixels of the image.
            let left = max(x, column * image.storedWidth)
            let right = min(x + width, (column + 1) * image.storedWidth)
            let top = max(y, row * image.storedHeight)
            let bottom = min(y + height, (row + 1) * image.storedHeight)
            let rows = (top - row * image.storedHeight)..<(bottom - row * image.storedHeight)
            let part = Part(
              source: left - column * image.storedWidth, targetX: left - x, targetY: top - y, width: right - left,
              height: bottom - top, targetWidth: width)
            let decoded =
              if let stream { try stream.rows(rows, plane: plane, row: row) } else {
                try decoder.decode(plane: plane, column: column, row: row, rows: rows)
              }
            if let decoded {
              place(decoded, plane: plane, part, into: buffer, alpha: &out.alpha)
            } else {
              clear(plane: plane, part, in: buffer)
              if !out.hasHoles {
                out.hasHoles = true
                out.written = [UInt8](repeating: 255, count: width * height)
              }
              for line in 0..<part.height {
                let start = (part.targetY + line) * width + part.targetX
                for at in start..<(start + part.width) { out.written[at] = 0 }
              }
            }
          }
        }
      }
    }
    return out
  }

  /// Where a part of a stored block goes.
  private struct Part {
    var source: Int
    var targetX: Int
    var targetY: Int
    var width: Int
    var height: Int
    var targetWidth: Int
  }

  private func place(
    _ decoded: [UInt8], plane: Int, _ part: Part, into buffer: UnsafeMutableRawBufferPointer, alpha: inout [UInt8]?
  ) {
    let stored: StoredSample = image.isConvertedColour ? .u8 : image.sample
    let samples = decoder.samples
    let size = pixelType.stride
    decoded.withUnsafeBytes { source in
      guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
      for line in 0..<part.height {
        let row = from + line * decoder.rowBytes
        let target = to + ((part.targetY + line) * part.targetWidth + part.targetX) * bands * size
        if samples == bands, !image.isSeparate {
          SampleCopy.copy(
            stored, from: row, first: part.source * samples, step: 1, to: target, targetStep: 1,
            count: part.width * samples)
          continue
        }
        for index in 0..<samples {
          let sample = image.isSeparate ? plane : index
          if sample == image.alpha {
            copyAlpha(
              row, first: part.source * samples + index, step: samples, count: part.width, stored: stored,
              at: (part.targetY + line) * part.targetWidth + part.targetX, into: &alpha)
            continue
          }
          let band = sample - (image.alpha.map { $0 < sample } ?? false ? 1 : 0)
          SampleCopy.copy(
            stored, from: row, first: part.source * samples + index, step: samples, to: target + band * size,
            targetStep: bands, count: part.width)
        }
      }
    }
  }

  private func copyAlpha(
    _ row: UnsafeRawPointer, first: Int, step: Int, count: Int, stored: StoredSample, at start: Int,
    into alpha: inout [UInt8]?
  ) {
    let size = pixelType.stride
    withUnsafeTemporaryAllocation(byteCount: count * size, alignment: 8) { values in
      guard let base = values.baseAddress else { return }
      SampleCopy.copy(stored, from: row, first: first, step: step, to: base, targetStep: 1, count: count)
      for at in 0..<count {
        // The zero of every pixel type is all zero bits.
        var bits: UInt8 = 0
        for byte in 0..<size { bits |= values[at * size + byte] }
        alpha?[start + at] = bits == 0 ? 0 : 255
      }
    }
  }

  private func clear(plane: Int, _ part: Part, in buffer: UnsafeMutableRawBufferPointer) {
    let size = pixelType.stride
    for line in 0..<part.height {
      let start = ((part.targetY + line) * part.targetWidth + part.targetX) * bands * size
      if !image.isSeparate {
        for at in start..<(start + part.width * bands * size) { buffer[at] = 0 }
        continue
      }
      if plane == image.alpha { continue }
      let band = plane - (image.alpha.map { $0 < plane } ?? false ? 1 : 0)
      for pixel in 0..<part.width {
        for byte in 0..<size { buffer[start + (pixel * bands + band) * size + byte] = 0 }
      }
    }
  }
}
