import Pixels

/// Which pixels of a rectangle hold data; takes memory only when some don't.
struct ValidityMask {
  let width: Int
  let height: Int
  let bands: Int
  /// Mask bytes a pixel: 0 while every pixel holds data, 1, or one for each band.
  private(set) var step: Int
  /// 0 is no data and 255 is data; `width * height * step` bytes.
  var bytes: [UInt8]

  /// A mask that says the same of every pixel.
  init(width: Int, height: Int, bands: Int, isValid: Bool) {
    self.width = width
    self.height = height
    self.bands = bands
    step = isValid ? 0 : 1
    bytes = isValid ? [] : [UInt8](repeating: 0, count: width * height)
  }

  /// The mask of a block.
  init(of block: PixelBlock) {
    self.init(width: block.width, height: block.height, bands: block.bands, isValid: block.validity != .none)
    switch block.validity {
    case .all, .none: break
    case .pixels(let mask): (step, bytes) = (1, mask)
    case .samples(let mask): (step, bytes) = (block.bands, mask)
    }
  }

  /// Makes room for at least `step` bytes a pixel.
  mutating func grow(to wanted: Int) {
    if wanted <= step { return }
    if step == 0 {
      bytes = [UInt8](repeating: 255, count: width * height * wanted)
    } else {
      let narrow = bytes
      bytes = [UInt8](unsafeUninitializedCapacity: narrow.count * wanted) { wide, count in
        for pixel in narrow.indices {
          for band in 0..<wanted { wide[pixel * wanted + band] = narrow[pixel] }
        }
        count = narrow.count * wanted
      }
    }
    step = wanted
  }

  /// Says that a rectangle holds no data.
  mutating func invalidate(columns: Range<Int>, rows: Range<Int>) {
    if columns.isEmpty || rows.isEmpty { return }
    grow(to: 1)
    for row in rows {
      let start = (row * width + columns.lowerBound) * step
      for index in start..<start + columns.count * step { bytes[index] = 0 }
    }
  }

  /// Takes over what another mask says of a rectangle.
  /// - Parameters:
  ///   - other: a mask with the same bands, or with those that `chosen` picks.
  ///   - chosen: for each band here the band there.
  mutating func copy(
    _ other: ValidityMask, columns: Range<Int>, rows: Range<Int>, toColumn column: Int, row: Int, chosen: [Int]? = nil
  ) {
    if other.step == 0 && step == 0 { return }
    grow(to: min(bands, max(1, other.step)))
    let isWhole = chosen == nil || other.step < 2
    for line in rows {
      let target = ((row + line - rows.lowerBound) * width + column) * step
      let source = (line * other.width + columns.lowerBound) * other.step
      if other.step == 0 || (isWhole && other.step == step) {
        let count = columns.count * step
        let values = other.step == 0 ? nil : other.bytes[source..<source + count]
        bytes.withUnsafeMutableBufferPointer { bytes in
          let line = UnsafeMutableBufferPointer(rebasing: bytes[target..<target + count])
          if let values { _ = line.update(fromContentsOf: values) } else { line.update(repeating: 255) }
        }
        continue
      }
      for pixel in 0..<columns.count {
        for band in 0..<step {
          let value = other.step == 1 ? source + pixel : source + pixel * other.step + (chosen?[band] ?? band)
          bytes[target + pixel * step + band] = other.bytes[value]
        }
      }
    }
  }

  /// The mask in its least form.
  var validity: PixelBlock.Validity {
    if step == 0 { return .all }
    let isData = bytes.withUnsafeBufferPointer { bytes -> (any: Bool, all: Bool) in
      var union: UInt8 = 0
      var common: UInt8 = 255
      for byte in bytes {
        union |= byte
        common &= byte
      }
      return (union != 0, common != 0)
    }
    if isData.all { return .all }
    if !isData.any { return .none }
    if step == 1 { return .pixels(bytes) }
    let pixels = stride(from: 0, to: bytes.count, by: step)
    let isUniform = pixels.allSatisfy { first in (1..<step).allSatisfy { bytes[first + $0] == bytes[first] } }
    return isUniform ? .pixels(pixels.map { bytes[$0] }) : .samples(bytes)
  }
}
