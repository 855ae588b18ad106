import Pixels

/// Bilinear and cubic interpolation pixel by pixel, for any coordinates and any mask.
struct PointKernel<T: KernelSample> {
  let pixels: KernelPixels<T>
  let isCubic: Bool
  /// Whether every place is known to have all the neighbours that the kernel looks at.
  let isInterior: Bool
  /// Mask bytes that `draw` writes for a pixel.
  var maskStep: Int { max(1, pixels.maskStep) }

  /// Makes one row of target pixels.
  /// - Parameters:
  ///   - count: target pixels.
  ///   - xs: `count` columns; `x` is that of the window's western edge.
  ///   - ys: as many rows, `step` apart; `y` is that of the window's northern edge.
  ///   - target: `count` pixels to write; left alone where there is no data.
  ///   - mask: `maskStep` bytes a pixel to write.
  func draw(
    count: Int, xs: UnsafePointer<Double>, ys: UnsafePointer<Double>, step: Int, x: Double, y: Double,
    target: UnsafeMutablePointer<T>, mask: UnsafeMutablePointer<UInt8>
  ) {
    switch pixels.bands {
    case 1: drawRow(count, xs, ys, step, x, y, target, mask, OneBand())
    case 3: drawRow(count, xs, ys, step, x, y, target, mask, ThreeBands())
    case let bands: drawRow(count, xs, ys, step, x, y, target, mask, AnyBands(count: bands))
    }
  }

  private func drawRow<B: BandCount>(
    _ count: Int, _ xs: UnsafePointer<Double>, _ ys: UnsafePointer<Double>, _ step: Int, _ x: Double, _ y: Double,
    _ target: UnsafeMutablePointer<T>, _ mask: UnsafeMutablePointer<UInt8>, _ bandCount: B
  ) {
    let bands = bandCount.count
    if isInterior, pixels.mask == nil {
      mask.update(repeating: 255, count: count)
      for index in 0..<count {
        drawInterior(x: xs[index] - x, y: ys[index &* step] - y, target: target + index &* bands, bands: bands)
      }
      return
    }
    for index in 0..<count {
      draw(
        x: xs[index] - x, y: ys[index &* step] - y, target: target + index &* bands, mask: mask + index &* maskStep,
        bands: bands)
    }
  }

  @inline(__always)
  private func drawInterior(x: Double, y: Double, target: UnsafeMutablePointer<T>, bands: Int) {
    let (column, u) = T.place(x)
    let (row, v) = T.place(y)
    let place = row &* pixels.width &+ column
    if isCubic {
      for band in 0..<bands { target[band] = cubic(place, u, v, band, bands) }
    } else {
      bilinear(place, u, v, target, bands)
    }
  }

  @inline(__always)
  private func draw(
    x: Double, y: Double, target: UnsafeMutablePointer<T>, mask: UnsafeMutablePointer<UInt8>, bands: Int
  ) {
    guard PixelIndex.isInside(x, count: pixels.width), PixelIndex.isInside(y, count: pixels.height) else {
      for band in 0..<maskStep { mask[band] = 0 }
      return
    }
    let (column, u) = T.place(x)
    let (row, v) = T.place(y)
    if pixels.mask != nil {
      let center = (column: PixelIndex.of(x), row: PixelIndex.of(y))
      drawMasked(column, row, u, v, center: center, target, mask, bands: bands)
      return
    }
    mask[0] = 255
    let place = row &* pixels.width &+ column
    if isCubic, hasQuad(column, row) {
      for band in 0..<bands { target[band] = cubic(place, u, v, band, bands) }
    } else if column >= 0, row >= 0, column &+ 1 < pixels.width, row &+ 1 < pixels.height {
      bilinear(place, u, v, target, bands)
    } else {
      for band in 0..<bands { target[band] = bilinear(column, row, u, v, band) ?? .zero }
    }
  }

  /// Whether all four by four pixels around the place exist.
  @inline(__always)
  private func hasQuad(_ column: Int, _ row: Int) -> Bool {
    column >= 1 && row >= 1 && column &+ 2 < pixels.width && row &+ 2 < pixels.height
  }

  /// The bilinear blend of a pixel and its eastern and southern neighbours.
  @inline(__always)
  private func bilinear(
    _ place: Int, _ u: T.Offset, _ v: T.Offset, _ target: UnsafeMutablePointer<T>, _ bands: Int
  ) {
    let north = pixels.samples + place &* bands
    let south = north + pixels.width &* bands
    for band in 0..<bands { target[band] = T.bilinear(north + band, south + band, bands: bands, u: u, v: v) }
  }

  /// The cubic blend around a pixel that has all its neighbours.
  @inline(__always)
  private func cubic(_ place: Int, _ u: T.Offset, _ v: T.Offset, _ band: Int, _ bands: Int) -> T {
    let stride = pixels.width &* bands
    return T.cubic(pixels.samples + ((place &- 1) &* bands &- stride &+ band), bands: bands, stride: stride, u: u, v: v)
  }

  private func drawMasked(
    _ column: Int, _ row: Int, _ u: T.Offset, _ v: T.Offset, center: (column: Int, row: Int),
    _ target: UnsafeMutablePointer<T>, _ mask: UnsafeMutablePointer<UInt8>, bands: Int
  ) {
    guard pixels.isValid(center.column, center.row) else {
      for band in 0..<maskStep { mask[band] = 0 }
      return
    }
    for band in 0..<maskStep { mask[band] = 255 }
    for band in 0..<bands {
      if isCubic, hasQuad(column, row), isWhole(column, row, band) {
        target[band] = cubic(row * pixels.width + column, u, v, band, bands)
      } else if let value = bilinear(column, row, u, v, band) {
        target[band] = value
      } else {
        mask[maskStep == 1 ? 0 : band] = 0
      }
    }
  }

  /// Whether all four by four samples hold data.
  private func isWhole(_ column: Int, _ row: Int, _ band: Int) -> Bool {
    for line in row - 1...row + 2 {
      for place in column - 1...column + 2 where !pixels.isValid(place, line, band) { return false }
    }
    return true
  }

  /// Bilinear over the neighbours that are there and hold data; `nil` when they weigh nothing.
  private func bilinear(_ column: Int, _ row: Int, _ u: T.Offset, _ v: T.Offset, _ band: Int) -> T? {
    let (u, v) = (T.wide(u), T.wide(v))
    var sum: T.Wide = 0
    var weights: T.Wide = 0
    for line in max(row, 0)...min(row + 1, pixels.height - 1) {
      let vertical = line == row ? 1 - v : v
      for place in max(column, 0)...min(column + 1, pixels.width - 1) where pixels.isValid(place, line, band) {
        let weight = (place == column ? 1 - u : u) * vertical
        sum += weight * pixels.wide(place, line, band)
        weights += weight
      }
    }
    // GDAL's threshold: below it a band that lacks data here is made of rounding errors.
    return weights < 0.00001 ? nil : T(narrowing: sum / weights)
  }
}
