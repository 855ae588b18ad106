import Pixels

extension Tile {
  /// The source pixels that the tile's pixels touch.
  var majorityBounds: WindowBounds? {
    var columns: Range<Int>?
    var rows: Range<Int>?
    eachFootprint { _, _, footprint in
      let (x, y) = footprint
      columns = columns.map { min($0.lowerBound, x.lowerBound)..<max($0.upperBound, x.upperBound) } ?? x
      rows = rows.map { min($0.lowerBound, y.lowerBound)..<max($0.upperBound, y.upperBound) } ?? y
    }
    guard let columns, let rows else { return nil }
    return WindowBounds(columns: columns, rows: rows)
  }

  func drawMajority<T: KernelSample>(
    _ pixels: KernelPixels<T>, _ window: SourcePixels, _ target: KernelTarget<T>
  ) -> ValidityMask {
    var kernel = MajorityKernel(pixels: pixels)
    let step = max(1, pixels.maskStep)
    var mask = ValidityMask(width: columns.count, height: rows.count, bands: pixels.bands, isValid: false)
    mask.grow(to: step)
    let width = columns.count
    mask.bytes.withUnsafeMutableBufferPointer { mask in
      guard let mask = mask.baseAddress else { return }
      eachFootprint { column, row, footprint in
        let x = footprint.columns.lowerBound - window.column..<footprint.columns.upperBound - window.column
        let y = footprint.rows.lowerBound - window.row..<footprint.rows.upperBound - window.row
        kernel.draw(
          columns: x, rows: y, target: target.at(column: column, row: row, bands: pixels.bands),
          mask: mask + (row * width + column) * step)
      }
    }
    return mask
  }

  /// Calls `body` for each target pixel whose centre lies in the level, with the level's pixels that it touches.
  private func eachFootprint(
    _ body: (_ column: Int, _ row: Int, _ footprint: (columns: Range<Int>, rows: Range<Int>)) -> Void
  ) {
    guard let corners = source.corners else { return }
    let (width, height) = (source.level.width, source.level.height)
    let count = columns.count
    switch places {
    case .separable(let xs, let ys):
      guard let edges = corners.tables else { return }
      let footprints = (
        columns: footprints(xs, edges.xs, first: columns.lowerBound, count: width),
        rows: footprints(ys, edges.ys, first: rows.lowerBound, count: height)
      )
      for (row, y) in footprints.rows.enumerated() {
        for (column, x) in footprints.columns.enumerated() { body(column, row, (x, y)) }
      }
    case .free(let xs, let ys):
      let edges = corners.coordinates(
        columns: columns.lowerBound..<columns.upperBound + 1, rows: rows.lowerBound..<rows.upperBound + 1)
      for row in 0..<rows.count {
        for column in 0..<count {
          let (x, y) = (xs[row * count + column], ys[row * count + column])
          guard PixelIndex.isInside(x, count: width), PixelIndex.isInside(y, count: height) else { continue }
          let northWest = row * (count + 1) + column
          let southEast = northWest + count + 2
          let footprint = (
            Footprint.along((edges.xs[northWest], edges.xs[southEast]), center: x, count: width),
            Footprint.along((edges.ys[northWest], edges.ys[southEast]), center: y, count: height)
          )
          body(column, row, footprint)
        }
      }
    }
  }

  private func footprints(_ centers: [Double], _ edges: [Double], first: Int, count: Int) -> [Range<Int>] {
    centers.indices.map { index in
      Footprint.along((edges[first + index], edges[first + index + 1]), center: centers[index], count: count)
    }
  }
}
