import Pixels

/// Layers being folded into a part of a picture.
///
/// Layers come in drawing priority, or against it for `last`, so that first and last alike keep what is there.
struct Mosaic {
  let columns: Range<Int>
  let rows: Range<Int>
  private let operation: MosaicOperation
  private let bands: Int
  private let pixelType: PixelType
  private var canvas: Canvas?
  /// Weighed sums and weights a sample, for the operations that need them.
  private var sums: [Double] = []
  private var weights: [Double] = []

  /// An empty part of a picture.
  init(columns: Range<Int>, rows: Range<Int>, operation: MosaicOperation, bands: Int, pixelType: PixelType) {
    self.columns = columns
    self.rows = rows
    self.operation = operation
    self.bands = bands
    self.pixelType = pixelType
  }

  /// Whether further layers are hidden where there is data.
  private var isOpaque: Bool { operation == .first || operation == .last }

  /// Whether nothing that lies in a rectangle can change the picture any more.
  func isFilled(columns: Range<Int>, rows: Range<Int>) -> Bool {
    guard isOpaque, let canvas else { return false }
    let step = canvas.mask.step
    if step == 0 { return true }
    let left = (columns.lowerBound - self.columns.lowerBound) * step
    return canvas.mask.bytes.withUnsafeBufferPointer { mask in
      rows.allSatisfy { row in
        let start = (row - self.rows.lowerBound) * canvas.width * step + left
        for index in start..<start + columns.count * step where mask[index] == 0 { return false }
        return true
      }
    }
  }

  /// Folds a layer in.
  mutating func add(_ layer: Layer) {
    switch operation {
    case .first, .last, .min, .max:
      if canvas == nil, layer.columns == columns, layer.rows == rows {
        var first = Canvas(layer.block)
        first.clearInvalid()
        canvas = first
        return
      }
      var target = canvas ?? emptyCanvas
      canvas = nil
      fold(layer, into: &target)
      canvas = target
    case .mean, .blend, .sum:
      accumulate(layer)
    }
  }

  private var emptyCanvas: Canvas {
    Canvas(width: columns.count, height: rows.count, bands: bands, pixelType: pixelType, isValid: false)
  }

  private func fold(_ layer: Layer, into target: inout Canvas) {
    switch pixelType {
    case .u1, .u2, .u4, .u8: fold(layer, as: UInt8.self, into: &target)
    case .s8: fold(layer, as: Int8.self, into: &target)
    case .u16: fold(layer, as: UInt16.self, into: &target)
    case .s16: fold(layer, as: Int16.self, into: &target)
    case .u32: fold(layer, as: UInt32.self, into: &target)
    case .s32: fold(layer, as: Int32.self, into: &target)
    case .f32: fold(layer, as: Float.self, into: &target)
    case .f64: fold(layer, as: Double.self, into: &target)
    }
  }

  private func fold<T: Sample>(_ layer: Layer, as type: T.Type, into target: inout Canvas) {
    let source = ValidityMask(of: layer.block)
    target.mask.grow(to: max(1, source.step))
    let (width, step, bands) = (target.width, target.mask.step, bands)
    layer.block.withSamples(as: type) { samples in
      target.samples.withUnsafeMutableBytes { bytes in
        let output = bytes.assumingMemoryBound(to: type)
        target.mask.bytes.withUnsafeMutableBufferPointer { mask in
          source.bytes.withUnsafeBufferPointer { sourceMask in
            eachPixel(of: layer) { from, column, row in
              let to = row * width + column
              // One byte of the mask stands for all bands, or for one.
              let share = bands / step
              for part in 0..<step {
                if source.step > 0, sourceMask[source.step == 1 ? from : from * source.step + part] == 0 { continue }
                let isEmpty = mask[to * step + part] == 0
                mask[to * step + part] = 255
                for band in part * share..<(part + 1) * share {
                  let sample = samples[from * bands + band]
                  let place = to * bands + band
                  let isBetter: Bool =
                    switch operation {
                    case .min: sample < output[place]
                    case .max: sample > output[place]
                    default: false
                    }
                  if isEmpty || isBetter { output[place] = sample }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Calls `body` for each pixel of a layer: its index there, its column and row here.
  @inline(__always)
  private func eachPixel(of layer: Layer, _ body: (_ index: Int, _ column: Int, _ row: Int) -> Void) {
    let (left, top) = (layer.columns.lowerBound - columns.lowerBound, layer.rows.lowerBound - rows.lowerBound)
    for row in 0..<layer.rows.count {
      for column in 0..<layer.columns.count { body(row * layer.columns.count + column, left + column, top + row) }
    }
  }

  private mutating func accumulate(_ layer: Layer) {
    if sums.isEmpty {
      sums = [Double](repeating: 0, count: columns.count * rows.count * bands)
      weights = sums
    }
    switch pixelType {
    case .u1, .u2, .u4, .u8: accumulate(layer, as: UInt8.self)
    case .s8: accumulate(layer, as: Int8.self)
    case .u16: accumulate(layer, as: UInt16.self)
    case .s16: accumulate(layer, as: Int16.self)
    case .u32: accumulate(layer, as: UInt32.self)
    case .s32: accumulate(layer, as: Int32.self)
    case .f32: accumulate(layer, as: Float.self)
    case .f64: accumulate(layer, as: Double.self)
    }
  }

  private mutating func accumulate<T: Sample>(_ layer: Layer, as type: T.Type) {
    let mask = ValidityMask(of: layer.block)
    let (width, bands) = (columns.count, bands)
    var (sums, weights) = (self.sums, self.weights)
    (self.sums, self.weights) = ([], [])
    layer.block.withSamples(as: type) { samples in
      eachPixel(of: layer) { from, column, row in
        let weight = layer.weights.isEmpty ? 1 : Double(layer.weights[from])
        for band in 0..<bands {
          if mask.step > 0, mask.bytes[mask.step == 1 ? from : from * bands + band] == 0 { continue }
          let place = (row * width + column) * bands + band
          sums[place] += samples[from * bands + band].asDouble * weight
          weights[place] += weight
        }
      }
    }
    (self.sums, self.weights) = (sums, weights)
  }

  /// The part of the picture.
  func finish() -> PixelBlock {
    if sums.isEmpty { return canvas?.block ?? emptyCanvas.block }
    var target = emptyCanvas
    target.mask = ValidityMask(width: target.width, height: target.height, bands: bands, isValid: true)
    target.mask.grow(to: bands)
    let range = pixelType.range
    let values = sums.indices.map { index in
      guard weights[index] > 0 else { return 0.0 }
      let value = operation == .sum ? sums[index] : sums[index] / weights[index]
      return pixelType.isFloatingPoint ? value : min(max(value, range.lowerBound), range.upperBound)
    }
    for index in weights.indices where !(weights[index] > 0) { target.mask.bytes[index] = 0 }
    switch pixelType {
    case .u1, .u2, .u4, .u8: Self.store(values, as: UInt8.self, into: &target)
    case .s8: Self.store(values, as: Int8.self, into: &target)
    case .u16: Self.store(values, as: UInt16.self, into: &target)
    case .s16: Self.store(values, as: Int16.self, into: &target)
    case .u32: Self.store(values, as: UInt32.self, into: &target)
    case .s32: Self.store(values, as: Int32.self, into: &target)
    case .f32: Self.store(values, as: Float.self, into: &target)
    case .f64: Self.store(values, as: Double.self, into: &target)
    }
    return target.block
  }

  private static func store<T: Sample>(_ values: [Double], as type: T.Type, into target: inout Canvas) {
    target.samples.withUnsafeMutableBytes { bytes in
      let output = bytes.assumingMemoryBound(to: type)
      for index in values.indices { output[index] = T(clamping: values[index]) }
    }
  }
}
