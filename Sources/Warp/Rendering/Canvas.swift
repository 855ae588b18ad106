import Pixels

/// A rectangle of pixels being filled.
struct Canvas {
  let width: Int
  let height: Int
  let bands: Int
  let pixelType: PixelType
  var samples: [UInt8]
  var mask: ValidityMask

  /// A rectangle of zeros; its mask says `isValid` until told otherwise.
  ///
  /// Unless `isZeroed` the samples are arbitrary, for those who will write every one of them.
  init(width: Int, height: Int, bands: Int, pixelType: PixelType, isValid: Bool, isZeroed: Bool = true) {
    self.width = width
    self.height = height
    self.bands = bands
    self.pixelType = pixelType
    let count = width * height * bands * pixelType.stride
    samples =
      isZeroed
      ? [UInt8](repeating: 0, count: count) : [UInt8](unsafeUninitializedCapacity: count) { $1 = count }
    mask = ValidityMask(width: width, height: height, bands: bands, isValid: isValid)
  }

  /// The pixels of a block, to be changed.
  init(_ block: PixelBlock) {
    width = block.width
    height = block.height
    bands = block.bands
    pixelType = block.pixelType
    samples = block.samples
    mask = ValidityMask(of: block)
  }

  /// Copies a part of a block of the same pixel type, mask and all.
  /// - Parameters:
  ///   - columns: within the block.
  ///   - rows: within the block.
  ///   - chosen: for each band here the band of the block; `nil` when they are the same.
  mutating func copy(
    _ block: PixelBlock, columns: Range<Int>, rows: Range<Int>, toColumn column: Int, row: Int, chosen: [Int]? = nil
  ) {
    let stride = pixelType.stride
    let (width, bands) = (width, bands)
    block.samples.withUnsafeBytes { source in
      samples.withUnsafeMutableBytes { target in
        for line in rows {
          let from = (line * block.width + columns.lowerBound) * block.bands * stride
          let to = ((row + line - rows.lowerBound) * width + column) * bands * stride
          guard let chosen else {
            let bytes = columns.count * bands * stride
            UnsafeMutableRawBufferPointer(rebasing: target[to..<to + bytes])
              .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[from..<from + bytes]))
            continue
          }
          for pixel in 0..<columns.count {
            for (band, other) in chosen.enumerated() {
              let sample = from + (pixel * block.bands + other) * stride
              let place = to + (pixel * bands + band) * stride
              for byte in 0..<stride { target[place + byte] = source[sample + byte] }
            }
          }
        }
      }
    }
    mask.copy(
      ValidityMask(of: block), columns: columns, rows: rows, toColumn: column, row: row, chosen: chosen)
  }

  /// Makes a rectangle zero and without data.
  mutating func clear(columns: Range<Int>, rows: Range<Int>) {
    let pixelBytes = bands * pixelType.stride
    for row in rows {
      let start = (row * width + columns.lowerBound) * pixelBytes
      for byte in start..<start + columns.count * pixelBytes { samples[byte] = 0 }
    }
    mask.invalidate(columns: columns, rows: rows)
  }

  /// Makes samples without data zero: what lies there is not to be seen in any format.
  mutating func clearInvalid() {
    let step = mask.step
    if step == 0 { return }
    let bytes = bands / step * pixelType.stride
    mask.bytes.withUnsafeBufferPointer { mask in
      samples.withUnsafeMutableBufferPointer { samples in
        for (index, isData) in mask.enumerated() where isData == 0 {
          for byte in index &* bytes..<(index &+ 1) &* bytes { samples[byte] = 0 }
        }
      }
    }
  }

  /// Holds samples of fewer than 8 bits at the greatest value of their type; kernels see whole bytes.
  mutating func holdWithinBits() {
    if pixelType.bits >= 8 { return }
    let greatest = UInt8(1 << pixelType.bits - 1)
    for index in samples.indices where samples[index] > greatest { samples[index] = greatest }
  }

  /// The finished pixels.
  var block: PixelBlock {
    PixelBlock(
      width: width, height: height, bands: bands, pixelType: pixelType, samples: samples, validity: mask.validity)
  }
}
