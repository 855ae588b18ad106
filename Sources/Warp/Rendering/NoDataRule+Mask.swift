import Pixels

extension NoDataRule {
  /// Marks the pixels that the rule names. A value that the pixel type can't hold matches nothing.
  /// - Parameter compared: for each value the band of the canvas that it is compared with; `nil` for none. The last value
  ///   stands for the bands beyond the list.
  func mask(_ canvas: inout Canvas, bands compared: [Int?]) {
    switch canvas.pixelType {
    case .u1, .u2, .u4, .u8: mask(&canvas, compared, as: UInt8.self)
    case .s8: mask(&canvas, compared, as: Int8.self)
    case .u16: mask(&canvas, compared, as: UInt16.self)
    case .s16: mask(&canvas, compared, as: Int16.self)
    case .u32: mask(&canvas, compared, as: UInt32.self)
    case .s32: mask(&canvas, compared, as: Int32.self)
    case .f32: mask(&canvas, compared, as: Float.self)
    case .f64: mask(&canvas, compared, as: Double.self)
    }
  }

  private func mask<T: Sample>(_ canvas: inout Canvas, _ compared: [Int?], as type: T.Type) {
    guard let last = values.last else { return }
    let (bands, width, height) = (canvas.bands, canvas.width, canvas.height)
    let wanted: [(band: Int, sample: T?)] = compared.enumerated().compactMap { place, band in
      guard let band else { return nil }
      let value = place < values.count ? values[place] : last
      let sample = T(clamping: value)
      // A float raster holds the nearest float of the number that the request names.
      let isNaN = value.isNaN && sample != sample
      return (band, sample.asDouble == value || isNaN || T.self == Float.self ? sample : nil)
    }
    if wanted.isEmpty { return }
    var matching: [Int] = []
    canvas.samples.withUnsafeBytes { bytes in
      let samples = bytes.assumingMemoryBound(to: T.self)
      for pixel in 0..<width * height {
        var matches = 0
        for (band, value) in wanted {
          guard let value else { continue }
          let sample = samples[pixel &* bands &+ band]
          if sample == value || (value != value && sample != sample) { matches += 1 }
        }
        if match == .any ? matches > 0 : matches == wanted.count { matching.append(pixel) }
      }
    }
    if matching.isEmpty { return }
    canvas.mask.grow(to: 1)
    let step = canvas.mask.step
    for pixel in matching {
      for band in 0..<step { canvas.mask.bytes[pixel * step + band] = 0 }
    }
  }
}
