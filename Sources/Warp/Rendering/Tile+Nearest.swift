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
      mask.grow(to: isComplete ? source.step : max(1, source.step))
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
    at start: Int, rowBytes: Int, pixelBytes: Int, mask: inout ValidityMask
  ) {
    let block = window.block
    let (width, height) = (self.source.level.width, self.source.level.height)
    let step = mask.step
    // Pixels without a place take any pixel of the window and are masked; the mask says data until told otherwise.
    var places = [Int](repeating: 0, count: xs.count)
    mask.bytes.withUnsafeMutableBufferPointer { mask in
      for pixel in places.indices {
        let (x, y) = (xs[pixel], ys[pixel])
        guard isComplete || (PixelIndex.isInside(x, count: width) && PixelIndex.isInside(y, count: height)) else {
          for band in 0..<step { mask[pixel &* step &+ band] = 0 }
          continue
        }
        let place = (PixelIndex.of(y) &- window.row) &* block.width &+ PixelIndex.of(x) &- window.column
        places[pixel] = place
        for band in 0..<source.step { mask[pixel &* step &+ band] = source.bytes[place &* step &+ band] }
      }
    }
    block.samples.withUnsafeBytes { samples in
      target.withUnsafeMutableBytes { target in
        places.withUnsafeBufferPointer { places in
          guard let samples = samples.baseAddress, let target = target.baseAddress else { return }
          for row in 0..<rows.count {
            let line = UnsafeBufferPointer(rebasing: places[row * columns.count..<(row + 1) * columns.count])
            Gather.row(samples, columns: line, into: target + start + row * rowBytes, pixelBytes: pixelBytes)
          }
        }
      }
    }
  }
}
