import Pixels

extension Tile {
  /// Resamples a window into the canvas.
  /// - Parameters:
  ///   - window: holds `bounds`, and data.
  ///   - column: the canvas's column of the tile's first one.
  ///   - row: the canvas's row of the tile's first one.
  /// - Returns: which of the tile's pixels hold data.
  func draw(_ window: SourcePixels, into canvas: inout Canvas, column: Int, row: Int) -> ValidityMask {
    if source.resampling == .nearest { return drawNearest(window, into: &canvas, column: column, row: row) }
    return switch canvas.pixelType {
    case .u1, .u2, .u4, .u8: draw(window, as: UInt8.self, into: &canvas, column, row)
    case .s8: draw(window, as: Int8.self, into: &canvas, column, row)
    case .u16: draw(window, as: UInt16.self, into: &canvas, column, row)
    case .s16: draw(window, as: Int16.self, into: &canvas, column, row)
    case .u32: draw(window, as: UInt32.self, into: &canvas, column, row)
    case .s32: draw(window, as: Int32.self, into: &canvas, column, row)
    case .f32: draw(window, as: Float.self, into: &canvas, column, row)
    case .f64: draw(window, as: Double.self, into: &canvas, column, row)
    }
  }

  private func draw<T: KernelSample>(
    _ window: SourcePixels, as type: T.Type, into canvas: inout Canvas, _ column: Int, _ row: Int
  ) -> ValidityMask {
    let stride = canvas.width * canvas.bands
    let first = row * stride + column * canvas.bands
    let mask = canvas.samples.withUnsafeMutableBytes { bytes -> ValidityMask? in
      guard let target = bytes.assumingMemoryBound(to: T.self).baseAddress else { return nil }
      return KernelPixels<T>.with(window) { pixels in
        let target = KernelTarget(pixels: target + first, stride: stride)
        if source.resampling == .majority { return drawMajority(pixels, window, target) }
        return interpolate(pixels, window, target)
      }
    }
    return mask ?? ValidityMask(width: columns.count, height: rows.count, bands: canvas.bands, isValid: false)
  }

  private func interpolate<T: KernelSample>(
    _ pixels: KernelPixels<T>, _ window: SourcePixels, _ target: KernelTarget<T>
  ) -> ValidityMask {
    let taps = source.resampling == .cubic ? 4 : 2
    let all = (columns: 0..<columns.count, rows: 0..<rows.count)
    var mask = ValidityMask(width: columns.count, height: rows.count, bands: pixels.bands, isValid: true)
    guard case .separable(let xs, let ys) = places, pixels.width >= taps, pixels.height >= taps else {
      mask.grow(to: max(1, pixels.maskStep))
      interpolate(pixels, window, target, all.columns, all.rows, &mask)
      return mask
    }
    mask.grow(to: pixels.maskStep)
    let (x, y) = (Double(window.column), Double(window.row))
    if taps == 2 {
      let kernel = SeparableKernel(
        pixels: pixels, columns: xs.map { Taps.bilinear($0 - x, count: pixels.width) },
        rows: ys.map { Taps.bilinear($0 - y, count: pixels.height) }, taps: taps)
      draw(kernel, window, target, all.columns, all.rows, &mask)
      return mask
    }
    // Where one of the four by four pixels is missing the kernel is bilinear along both axes: a frame around the rest.
    let columnTaps = xs.map { Taps<T.Wide>.cubic($0 - x, count: pixels.width) }
    let rowTaps = ys.map { Taps<T.Wide>.cubic($0 - y, count: pixels.height) }
    let (inner, middle) = (Self.whole(columnTaps), Self.whole(rowTaps))
    let kernel = SeparableKernel(
      pixels: pixels, columns: columnTaps[inner].compactMap(\.self), rows: rowTaps[middle].compactMap(\.self),
      taps: taps)
    draw(kernel, window, target, inner, middle, &mask)
    interpolate(pixels, window, target, all.columns, 0..<middle.lowerBound, &mask)
    interpolate(pixels, window, target, all.columns, middle.upperBound..<rows.count, &mask)
    interpolate(pixels, window, target, 0..<inner.lowerBound, middle, &mask)
    interpolate(pixels, window, target, inner.upperBound..<columns.count, middle, &mask)
    return mask
  }

  /// The run of entries that are there.
  private static func whole<W>(_ taps: [Taps<W>?]) -> Range<Int> {
    guard let first = taps.firstIndex(where: { $0 != nil }), let last = taps.lastIndex(where: { $0 != nil }) else {
      return 0..<0
    }
    return first..<last + 1
  }

  /// Draws a rectangle of the tile by rows and columns, and pixel by pixel where data is missing.
  private func draw<T: KernelSample>(
    _ kernel: SeparableKernel<T>, _ window: SourcePixels, _ target: KernelTarget<T>, _ columns: Range<Int>,
    _ rows: Range<Int>, _ mask: inout ValidityMask
  ) {
    let pixels = kernel.pixels
    kernel.draw(
      into: target.at(column: columns.lowerBound, row: rows.lowerBound, bands: pixels.bands), stride: target.stride)
    guard pixels.mask != nil else { return }
    let whole = pixels.wholeMask
    for row in 0..<rows.count {
      kernel.incomplete(row: row, whole: whole) { column in
        let place = columns.lowerBound + column
        interpolate(
          pixels, window, target, place..<place + 1, rows.lowerBound + row..<rows.lowerBound + row + 1, &mask)
      }
    }
  }

  /// Draws a rectangle of the tile pixel by pixel.
  private func interpolate<T: KernelSample>(
    _ pixels: KernelPixels<T>, _ window: SourcePixels, _ target: KernelTarget<T>, _ columns: Range<Int>,
    _ rows: Range<Int>, _ mask: inout ValidityMask
  ) {
    if columns.isEmpty || rows.isEmpty { return }
    let kernel = PointKernel(pixels: pixels, isCubic: source.resampling == .cubic, isInterior: isInterior)
    let width = self.columns.count
    let step = mask.step
    // Without a mask every pixel of these rows and columns holds data; what the kernel says of it is thrown away.
    var unused = [UInt8](repeating: 0, count: step == 0 ? columns.count : 0)
    let (x, y) = (Double(window.column), Double(window.row))
    mask.bytes.withUnsafeMutableBufferPointer { mask in
      unused.withUnsafeMutableBufferPointer { unused in
        guard let bytes = step == 0 ? unused.baseAddress : mask.baseAddress else { return }
        for row in rows {
          withRow(row) { xs, ys, yStep in
            kernel.draw(
              count: columns.count, xs: xs + columns.lowerBound, ys: ys + columns.lowerBound * yStep, step: yStep, x: x,
              y: y, target: target.at(column: columns.lowerBound, row: row, bands: pixels.bands),
              mask: step == 0 ? bytes : bytes + (row * width + columns.lowerBound) * step)
          }
        }
      }
    }
  }

  /// Calls `body` with the coordinates of a row's pixels; the ys are `step` apart.
  func withRow(
    _ row: Int, _ body: (_ xs: UnsafePointer<Double>, _ ys: UnsafePointer<Double>, _ step: Int) -> Void
  ) {
    let (xs, ys, start, line, step): ([Double], [Double], Int, Int, Int) =
      switch places {
      case .separable(let xs, let ys): (xs, ys, 0, row, 0)
      case .free(let xs, let ys): (xs, ys, row * columns.count, row * columns.count, 1)
      }
    xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in
        guard let x = xs.baseAddress, let y = ys.baseAddress else { return }
        body(x + start, y + line, step)
      }
    }
  }
}
