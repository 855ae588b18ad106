import Pixels

/// The most frequent value of the source pixels that a target pixel touches.
struct MajorityKernel<T: KernelSample> {
  let pixels: KernelPixels<T>
  private var tally = Tally<T>(filler: .zero)

  init(pixels: KernelPixels<T>) { self.pixels = pixels }

  /// Makes one target pixel.
  /// - Parameters:
  ///   - columns: the window's columns that the target pixel touches, within the window.
  ///   - rows: the window's rows, within the window.
  ///   - target: the pixel's samples, left alone where there is no data.
  ///   - mask: `maskStep` bytes of the source's mask, at least one.
  mutating func draw(
    columns: Range<Int>, rows: Range<Int>, target: UnsafeMutablePointer<T>, mask: UnsafeMutablePointer<UInt8>
  ) {
    let maskStep = max(1, pixels.maskStep)
    for band in 0..<maskStep { mask[band] = 255 }
    for band in 0..<pixels.bands {
      tally.reset()
      for row in rows {
        for column in columns where pixels.isValid(column, row, band) {
          tally.add(pixels.samples[(row * pixels.width + column) * pixels.bands + band])
        }
      }
      if let winner = tally.winner {
        target[band] = winner
      } else {
        mask[maskStep == 1 ? 0 : band] = 0
      }
    }
  }
}
