import Pixels

/// Bilinear and cubic interpolation where a column has one x and a row one y: source rows are blended first, all columns
/// at once, and the blended row is then blended column by column.
///
/// Pixels without data are blended like others; `incomplete` tells which target pixels have to be made again.
struct SeparableKernel<T: KernelSample> {
  let pixels: KernelPixels<T>
  let columns: [Taps<T.Wide>]
  let rows: [Taps<T.Wide>]
  /// Source pixels that one target pixel blends along an axis: 2 or 4.
  let taps: Int

  /// Makes all target pixels.
  /// - Parameters:
  ///   - target: the first sample of the north-western target pixel.
  ///   - stride: samples from a target row to the next.
  func draw(into target: UnsafeMutablePointer<T>, stride: Int) {
    guard let first = columns.first, let last = columns.last else { return }
    let start = first.start * pixels.bands
    let count = (last.start + taps) * pixels.bands - start
    // Source rows as numbers to weigh; row r stands in line r % taps, so that each is converted once.
    var lines = [T.Wide](repeating: 0, count: count * taps)
    var held = [Int](repeating: -1, count: taps)
    var blended = [T.Wide](repeating: 0, count: count)
    for (index, row) in rows.enumerated() {
      for source in row.start..<row.start + taps where held[source % taps] != source {
        held[source % taps] = source
        let from = pixels.samples + source * pixels.width * pixels.bands + start
        let to = source % taps * count
        lines.withUnsafeMutableBufferPointer { lines in
          for sample in 0..<count { lines[to &+ sample] = from[sample].wide }
        }
      }
      blend(lines, row, count, into: &blended)
      let output = target + index * stride
      blended.withUnsafeBufferPointer { blended in
        switch (taps, pixels.bands) {
        case (2, 1): drawPairs(blended, bands: 1, offset: start, into: output)
        case (2, 3): drawPairs(blended, bands: 3, offset: start, into: output)
        case (2, 4): drawPairs(blended, bands: 4, offset: start, into: output)
        case (2, let bands): drawPairs(blended, bands: bands, offset: start, into: output)
        case (_, 1): drawQuads(blended, bands: 1, offset: start, into: output)
        case (_, 3): drawQuads(blended, bands: 3, offset: start, into: output)
        case (_, 4): drawQuads(blended, bands: 4, offset: start, into: output)
        case (_, let bands): drawQuads(blended, bands: bands, offset: start, into: output)
        }
      }
    }
  }

  /// For each target pixel of a row whether one of the source pixels that it is blended of lacks data in some band.
  /// - Parameters:
  ///   - row: index into `rows`.
  ///   - whole: a byte a source pixel: 255 where all bands hold data, else 0.
  ///   - found: called with the column of each such target pixel.
  func incomplete(row: Int, whole: [UInt8], found: (_ column: Int) -> Void) {
    let start = rows[row].start
    var common = [UInt8](repeating: 255, count: pixels.width)
    whole.withUnsafeBufferPointer { whole in
      common.withUnsafeMutableBufferPointer { common in
        for line in start..<start + taps {
          let first = line * pixels.width
          for column in 0..<pixels.width { common[column] &= whole[first &+ column] }
        }
        for (index, column) in columns.enumerated() {
          var all: UInt8 = 255
          for place in column.start..<column.start &+ taps { all &= common[place] }
          if all == 0 { found(index) }
        }
      }
    }
  }

  private func blend(_ lines: [T.Wide], _ row: Taps<T.Wide>, _ count: Int, into blended: inout [T.Wide]) {
    let line = { (tap: Int) in (row.start + tap) % taps * count }
    let weights = row.weights
    lines.withUnsafeBufferPointer { lines in
      blended.withUnsafeMutableBufferPointer { blended in
        let (a, b) = (line(0), line(1))
        if taps == 2 {
          for index in 0..<count {
            blended[index] = lines[a &+ index] * weights[0] + lines[b &+ index] * weights[1]
          }
          return
        }
        let (c, d) = (line(2), line(3))
        for index in 0..<count {
          let upper = lines[a &+ index] * weights[0] + lines[b &+ index] * weights[1]
          let lower = lines[c &+ index] * weights[2] + lines[d &+ index] * weights[3]
          blended[index] = upper + lower
        }
      }
    }
  }

  @inline(__always)
  private func drawPairs(
    _ blended: UnsafeBufferPointer<T.Wide>, bands: Int, offset: Int, into output: UnsafeMutablePointer<T>
  ) {
    var place = 0
    for column in columns {
      let from = column.start &* bands &- offset
      for band in 0..<bands {
        let value = blended[from &+ band] * column.weights[0] + blended[from &+ bands &+ band] * column.weights[1]
        output[place &+ band] = T(narrowing: value)
      }
      place &+= bands
    }
  }

  @inline(__always)
  private func drawQuads(
    _ blended: UnsafeBufferPointer<T.Wide>, bands: Int, offset: Int, into output: UnsafeMutablePointer<T>
  ) {
    var place = 0
    for column in columns {
      let from = column.start &* bands &- offset
      for band in 0..<bands {
        let sample = from &+ band
        let west = blended[sample] * column.weights[0] + blended[sample &+ bands] * column.weights[1]
        let right = sample &+ bands &* 2
        let east = blended[right] * column.weights[2] + blended[right &+ bands] * column.weights[3]
        output[place &+ band] = T(narrowing: west + east)
      }
      place &+= bands
    }
  }
}
