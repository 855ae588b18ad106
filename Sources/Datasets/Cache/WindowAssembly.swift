import Pixels

/// Puts a window together out of the blocks under it.
struct WindowAssembly {
  private let window: PixelWindow
  private let pixelType: PixelType
  /// Bands of the blocks in the order of the window; `nil` when they are the same.
  private let selection: [Int]?
  private let sourceBands: Int
  private let bands: Int
  private var parts: [Part] = []
  private var coveredPixels = 0

  /// The part of a block that lies in the window.
  private struct Part {
    var block: PixelBlock
    /// Index of the first pixel in the block.
    var source: Int
    /// Index of the first pixel in the window.
    var target: Int
    var width: Int
    var height: Int
  }

  init(window: PixelWindow, info: RasterInfo, bands: [Int]?) {
    self.window = window
    pixelType = info.pixelType
    sourceBands = info.bands
    selection = bands == Array(0..<info.bands) ? nil : bands
    self.bands = bands?.count ?? info.bands
  }

  /// Takes a block.
  /// - Parameters:
  ///   - x: column of the level that the block begins at.
  ///   - y: row of the level that the block begins at.
  mutating func add(_ block: PixelBlock, x: Int, y: Int) {
    let left = max(window.x, x)
    let right = min(window.x + window.width, x + block.width)
    let top = max(window.y, y)
    let bottom = min(window.y + window.height, y + block.height)
    guard left < right, top < bottom else { return }
    parts.append(
      Part(
        block: block, source: (top - y) * block.width + left - x,
        target: (top - window.y) * window.width + left - window.x, width: right - left, height: bottom - top))
    coveredPixels += (right - left) * (bottom - top)
  }

  /// The window. What no block covered is 0 and holds no data.
  func finish() -> PixelBlock {
    let stride = pixelType.stride
    let samples = filled(count: window.width * window.height * bands * stride) { part, target in
      copy(part, part.block.samples, stride: stride, to: target)
    }
    return PixelBlock(
      width: window.width, height: window.height, bands: bands, pixelType: pixelType, samples: samples,
      validity: validity())
  }

  private func validity() -> PixelBlock.Validity {
    if parts.allSatisfy({ $0.block.validity == .none }) { return .none }
    let isWhole = coveredPixels == window.width * window.height
    if isWhole, parts.allSatisfy({ $0.block.validity == .all }) { return .all }
    let hasSamples = parts.contains { if case .samples = $0.block.validity { true } else { false } }
    let columns = hasSamples ? bands : 1
    let mask = filled(count: window.width * window.height * columns) { part, target in
      switch part.block.validity {
      case .samples(let mask): copy(part, mask, stride: 1, to: target)
      case .all: fill(part, columns: columns, to: target) { _ in 255 }
      case .none: fill(part, columns: columns, to: target) { _ in 0 }
      case .pixels(let mask): fill(part, columns: columns, to: target) { mask[$0] }
      }
    }
    return (hasSamples ? PixelBlock.Validity.samples(mask) : .pixels(mask)).collapsed(bands: bands)
  }

  /// An array that each part writes its rows of; cleared before, where parts leave pixels out.
  private func filled(count: Int, _ write: (Part, UnsafeMutableRawPointer) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      guard let base = buffer.baseAddress else { return }
      if coveredPixels < window.width * window.height { base.initialize(repeating: 0, count: count) }
      for part in parts { write(part, UnsafeMutableRawPointer(base)) }
    }
  }

  private func copy(_ part: Part, _ bytes: [UInt8], stride: Int, to target: UnsafeMutableRawPointer) {
    bytes.withUnsafeBytes { bytes in
      guard let source = bytes.baseAddress else { return }
      for line in 0..<part.height {
        let row = source + (part.source + line * part.block.width) * sourceBands * stride
        let output = target + (part.target + line * window.width) * bands * stride
        guard let selection else {
          output.copyMemory(from: row, byteCount: part.width * bands * stride)
          continue
        }
        for (index, band) in selection.enumerated() {
          SampleCopy.copy(
            StoredSample(bytes: stride), from: row, first: band, step: sourceBands, to: output + index * stride,
            targetStep: bands, count: part.width)
        }
      }
    }
  }

  /// Writes the verdict of each pixel, `columns` times.
  private func fill(
    _ part: Part, columns: Int, to target: UnsafeMutableRawPointer, _ verdict: (_ pixel: Int) -> UInt8
  ) {
    let output = target.assumingMemoryBound(to: UInt8.self)
    for line in 0..<part.height {
      let from = part.source + line * part.block.width
      let to = (part.target + line * window.width) * columns
      for pixel in 0..<part.width {
        let value = verdict(from &+ pixel)
        for column in 0..<columns { output[to &+ pixel &* columns &+ column] = value }
      }
    }
  }
}
