import Pixels

/// Bilinear and cubic interpolation pixel by pixel, for any coordinates and any mask.
struct PointKernel<T: KernelSample> {
  let pixels: KernelPixels<T>
  let isCubic: Bool

  /// Makes one row of target pixels.
  /// - Parameters:
  ///   - count: target pixels.
  ///   - xs: `count` columns in the window's own pixels.
  ///   - ys: as many rows, `step` apart.
  ///   - target: `count` pixels to write; left alone where there is no data.
  ///   - mask: `maskStep` bytes a pixel of the source's mask, at least one, to write.
  func draw(
    count: Int, xs: UnsafePointer<Double>, ys: UnsafePointer<Double>, step: Int, x: Double, y: Double,
    target: UnsafeMutablePointer<T>, mask: UnsafeMutablePointer<UInt8>
  ) {
    let bands = pixels.bands
    let maskStep = max(1, pixels.maskStep)
    for index in 0..<count {
      draw(
        x: xs[index] - x, y: ys[index * step] - y, target: target + index * bands, mask: mask + index * maskStep)
    }
  }

  @inline(__always)
  private func draw(
    x: Double, y: Double, target: UnsafeMutablePointer<T>, mask: UnsafeMutablePointer<UInt8>
  ) {
    let maskStep = max(1, pixels.maskStep)
    guard PixelIndex.isInside(x, count: pixels.width), PixelIndex.isInside(y, count: pixels.height),
      pixels.isValid(PixelIndex.of(x), PixelIndex.of(y))
    else {
      for band in 0..<maskStep { mask[band] = 0 }
      return
    }
    // x is not negative: adding 1 before cutting off makes a floor of it.
    let column = Int(x + 0.5) - 1
    let row = Int(y + 0.5) - 1
    let u = T.Wide(x - 0.5 - Double(column))
    let v = T.Wide(y - 0.5 - Double(row))
    let isInterior = column >= 1 && row >= 1 && column + 2 < pixels.width && row + 2 < pixels.height
    if pixels.mask == nil {
      for band in 0..<pixels.bands {
        target[band] =
          isCubic && isInterior ? cubic(column, row, u, v, band) : bilinear(column, row, u, v, band)
      }
      mask[0] = 255
      return
    }
    for band in 0..<maskStep { mask[band] = 255 }
    for band in 0..<pixels.bands {
      if isCubic, isInterior, isWhole(column, row, band) {
        target[band] = cubic(column, row, u, v, band)
      } else if let value = maskedBilinear(column, row, u, v, band) {
        target[band] = value
      } else {
        mask[maskStep == 1 ? 0 : band] = 0
      }
    }
  }

  /// Neighbours beyond the edge don't exist: what weighs in their place is the edge itself, which is the same as
  /// renormalising.
  @inline(__always)
  private func bilinear(_ column: Int, _ row: Int, _ u: T.Wide, _ v: T.Wide, _ band: Int) -> T {
    let (left, right) = (max(column, 0), min(column + 1, pixels.width - 1))
    let (top, bottom) = (max(row, 0), min(row + 1, pixels.height - 1))
    let northWest = pixels.wide(left, top, band)
    let southWest = pixels.wide(left, bottom, band)
    let north = northWest + (pixels.wide(right, top, band) - northWest) * u
    let south = southWest + (pixels.wide(right, bottom, band) - southWest) * u
    return T(narrowing: north + (south - north) * v)
  }

  private func maskedBilinear(_ column: Int, _ row: Int, _ u: T.Wide, _ v: T.Wide, _ band: Int) -> T? {
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

  private func isWhole(_ column: Int, _ row: Int, _ band: Int) -> Bool {
    for line in row - 1...row + 2 {
      for place in column - 1...column + 2 where !pixels.isValid(place, line, band) { return false }
    }
    return true
  }

  @inline(__always)
  private func cubic(_ column: Int, _ row: Int, _ u: T.Wide, _ v: T.Wide, _ band: Int) -> T {
    let horizontal = CubicWeights.at(u)
    let vertical = CubicWeights.at(v)
    var sum: T.Wide = 0
    for line in 0..<4 {
      let samples = SIMD4(
        pixels.wide(column - 1, row - 1 + line, band), pixels.wide(column, row - 1 + line, band),
        pixels.wide(column + 1, row - 1 + line, band), pixels.wide(column + 2, row - 1 + line, band))
      sum += (samples * horizontal).sum() * vertical[line]
    }
    return T(narrowing: sum)
  }
}
