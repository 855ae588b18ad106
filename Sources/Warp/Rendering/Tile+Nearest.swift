import Pixels

extension Tile {
  /// Copies the pixels that the centres fall into, whatever their type is.
  func drawNearest(_ window: SourcePixels, into canvas: inout Canvas, column: Int, row: Int) -> ValidityMask {
    let block = window.block
    let pixelBytes = block.bands * block.pixelType.stride
    let rowBytes = canvas.width * pixelBytes
    let start = row * rowBytes + column * pixelBytes
    let source = ValidityMask(of: block)
    var mask = ValidityMask(width: columns.count, height: rows.count, bands: block.bands, isValid: true)
    switch places {
    case .separable(let xs, let ys):
      let from = (
        columns: xs.map { PixelIndex.of($0) - window.column }, rows: ys.map { PixelIndex.of($0) - window.row }
      )
      Self.gather(
        block.samples, sourceRowBytes: block.bytesPerRow, from, into: &canvas.samples, at: start,
        targetRowBytes: rowBytes, pixelBytes: pixelBytes)
      if source.step > 0 {
        mask.grow(to: source.step)
        Self.gather(
          source.bytes, sourceRowBytes: block.width * source.step, from, into: &mask.bytes, at: 0,
          targetRowBytes: columns.count * source.step, pixelBytes: source.step)
      }
    case .free(let xs, let ys):
      mask.grow(to: max(1, source.step))
      drawFree(
        window, source, xs, ys, target: &canvas.samples, at: start, rowBytes: rowBytes, pixelBytes: pixelBytes,
        mask: &mask)
    }
    return mask
  }

  private static func gather(
    _ source: [UInt8], sourceRowBytes: Int, _ from: (columns: [Int], rows: [Int]), into target: inout [UInt8],
    at start: Int, targetRowBytes: Int, pixelBytes: Int
  ) {
    source.withUnsafeBytes { source in
      target.withUnsafeMutableBytes { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        Gather.rectangle(
          source, sourceRowBytes: sourceRowBytes, columns: from.columns, rows: from.rows, into: target + start,
          targetRowBytes: targetRowBytes, pixelBytes: pixelBytes)
      }
    }
  }

  private func drawFree(
    _ window: SourcePixels, _ source: ValidityMask, _ xs: [Double], _ ys: [Double], target: inout [UInt8],
    at start: Int,
    rowBytes: Int, pixelBytes: Int, mask: inout ValidityMask
  ) {
    let block = window.block
    let step = mask.step
    // Pixels without data take any place of the window and are masked afterwards.
    var places = [Int](repeating: 0, count: columns.count)
    block.samples.withUnsafeBytes { samples in
      target.withUnsafeMutableBytes { target in
        guard let samples = samples.baseAddress, let target = target.baseAddress else { return }
        for row in 0..<rows.count {
          let line = row * columns.count
          for column in 0..<columns.count {
            let (x, y) = (xs[line + column], ys[line + column])
            guard PixelIndex.isInside(x, count: self.source.level.width),
              PixelIndex.isInside(y, count: self.source.level.height)
            else {
              places[column] = 0
              for band in 0..<step { mask.bytes[(line + column) * step + band] = 0 }
              continue
            }
            let place = (PixelIndex.of(y) - window.row) * block.width + PixelIndex.of(x) - window.column
            places[column] = place
            if source.step > 0 {
              for band in 0..<step { mask.bytes[(line + column) * step + band] = source.bytes[place * step + band] }
            }
          }
          places.withUnsafeBufferPointer {
            Gather.row(samples, columns: $0, into: target + start + row * rowBytes, pixelBytes: pixelBytes)
          }
        }
      }
    }
  }
}
