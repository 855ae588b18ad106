import Pixels

/// Puts a window together out of the blocks under it.
struct WindowAssembly {
  private let window: PixelWindow
  private let pixelType: PixelType
  /// Bands of the source in the order of the window; `nil` when they are the same.
  private let selection: [Int]?
  private let bands: Int
  private var samples: [UInt8]
  private var mask = Mask.unknown

  /// What is known of the window's validity: nothing but `all` yet, nothing but `none` yet, or a mask.
  private enum Mask {
    case unknown, all, none
    case pixels([UInt8])
    case samples([UInt8])
  }

  init(window: PixelWindow, info: RasterInfo, bands: [Int]?) {
    self.window = window
    pixelType = info.pixelType
    selection = bands == Array(0..<info.bands) ? nil : bands
    self.bands = bands?.count ?? info.bands
    samples = [UInt8](repeating: 0, count: max(0, window.width) * max(0, window.height) * self.bands * pixelType.stride)
  }

  /// Copies the part of a block that lies in the window.
  /// - Parameters:
  ///   - x: column of the level that the block begins at.
  ///   - y: row of the level that the block begins at.
  mutating func add(_ block: PixelBlock, x: Int, y: Int) {
    let left = max(window.x, x)
    let right = min(window.x + window.width, x + block.width)
    let top = max(window.y, y)
    let bottom = min(window.y + window.height, y + block.height)
    guard left < right, top < bottom else { return }
    let part = Part(
      source: (top - y) * block.width + left - x, sourceWidth: block.width,
      target: (top - window.y) * window.width + left - window.x, targetWidth: window.width, width: right - left,
      height: bottom - top)
    copy(block.samples, bands: block.bands, stride: pixelType.stride, part, into: &samples)
    addValidity(of: block, part)
  }

  /// The window.
  /// - Parameter isWhole: whether blocks covered all of it.
  mutating func finish(isWhole: Bool) -> PixelBlock {
    let validity: PixelBlock.Validity =
      switch mask {
      case .unknown, .none: .none
      case .all: isWhole ? .all : .pixels(maskOfCovered())
      case .pixels(let bytes): PixelBlock.Validity.pixels(bytes).collapsed(bands: bands)
      case .samples(let bytes): PixelBlock.Validity.samples(bytes).collapsed(bands: bands)
      }
    return PixelBlock(
      width: window.width, height: window.height, bands: bands, pixelType: pixelType, samples: samples,
      validity: validity)
  }

  private struct Part {
    /// Index of the first pixel in the block.
    var source: Int
    var sourceWidth: Int
    /// Index of the first pixel in the window.
    var target: Int
    var targetWidth: Int
    var width: Int
    var height: Int
  }

  private var covered: [Part] = []

  private func copy(_ source: [UInt8], bands sourceBands: Int, stride: Int, _ part: Part, into target: inout [UInt8]) {
    source.withUnsafeBytes { source in
      target.withUnsafeMutableBytes { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        for line in 0..<part.height {
          let row = from + (part.source + line * part.sourceWidth) * sourceBands * stride
          let output = to + (part.target + line * part.targetWidth) * bands * stride
          guard let selection else {
            output.copyMemory(from: row, byteCount: part.width * bands * stride)
            continue
          }
          for (index, band) in selection.enumerated() {
            let stored: StoredSample =
              switch stride {
              case 1: .u8
              case 2: .u16
              case 4: .u32
              default: .f64
              }
            SampleCopy.copy(
              stored, from: row, first: band, step: sourceBands, to: output + index * stride, targetStep: bands,
              count: part.width)
          }
        }
      }
    }
  }

  private mutating func addValidity(of block: PixelBlock, _ part: Part) {
    switch (mask, block.validity) {
    case (.all, .all), (.none, .none): break
    case (.unknown, .all): mask = .all
    case (.unknown, .none): mask = .none
    case (_, .samples(let source)):
      var bytes = sampleMask()
      copy(source, bands: block.bands, stride: 1, part, into: &bytes)
      mask = .samples(bytes)
    default:
      if case .samples = mask {
        var bytes = sampleMask()
        fill(part, bands: bands, from: block.validity, into: &bytes)
        mask = .samples(bytes)
      } else {
        var bytes = pixelMask()
        fill(part, bands: 1, from: block.validity, into: &bytes)
        mask = .pixels(bytes)
      }
    }
    covered.append(part)
  }

  /// Writes the verdicts a pixel of a block, `bands` times each.
  private func fill(_ part: Part, bands: Int, from validity: PixelBlock.Validity, into target: inout [UInt8]) {
    for line in 0..<part.height {
      for column in 0..<part.width {
        let value: UInt8 =
          switch validity {
          case .all: 255
          case .none, .samples: 0
          case .pixels(let mask): mask[part.source + line * part.sourceWidth + column]
          }
        let start = (part.target + line * part.targetWidth + column) * bands
        for at in start..<(start + bands) { target[at] = value }
      }
    }
  }

  /// The window's mask a pixel as known so far. Takes it out, so that writing to it doesn't copy it.
  private mutating func pixelMask() -> [UInt8] {
    if case .pixels(let bytes) = mask {
      mask = .unknown
      return bytes
    }
    if case .all = mask { return maskOfCovered() }
    return [UInt8](repeating: 0, count: window.width * window.height)
  }

  private mutating func sampleMask() -> [UInt8] {
    if case .samples(let bytes) = mask {
      mask = .unknown
      return bytes
    }
    let pixels = pixelMask()
    return pixels.flatMap { [UInt8](repeating: $0, count: bands) }
  }

  /// 255 where blocks without holes were added.
  private func maskOfCovered() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: window.width * window.height)
    for part in covered { fill(part, bands: 1, from: .all, into: &bytes) }
    return bytes
  }
}
