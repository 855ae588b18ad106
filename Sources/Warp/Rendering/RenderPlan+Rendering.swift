import Datasets
import Dispatch
import Pixels
import Locking
import Synchronization

extension RenderPlan {
  /// Pixels of the parts that a picture is drawn in: what a part needs besides its share of the result is bounded, and
  /// several parts are drawn at once.
  private static let partArea = 512 * 512

  /// Draws the picture.
  ///
  /// Can be called from many threads at once. A picture of more than 512 x 512 pixels is drawn by several threads.
  /// - Parameters:
  ///   - cache: where the blocks of the rasters come from, shared by all pictures.
  ///   - isCancelled: asked between parts of the picture, between rasters and between the windows read from one.
  /// - Returns: the picture, and what could not be drawn of it.
  /// - Throws: `RenderError.cancelled`.
  public func render(
    through cache: BlockCache, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(RenderError) -> Rendering {
    let pool = SourcePool(self, cache: cache)
    let footprints = sources.map { $0.envelope.map(grid.footprint(of:)) }
    let renderer = PartRenderer(plan: self, pool: pool, footprints: footprints)
    let partRows = max(1, Self.partArea / grid.width)
    let block =
      partRows >= grid.height
      ? try renderer.render(rows: 0..<grid.height, isCancelled: isCancelled)
      : try renderParts(of: partRows, renderer, isCancelled)
    return Rendering(block: block, warnings: pool.sortedWarnings)
  }

  private func renderParts(
    of partRows: Int, _ renderer: PartRenderer, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(RenderError) -> PixelBlock {
    let count = (grid.height + partRows - 1) / partRows
    let rowBytes = grid.width * bands * pixelType.stride
    let masks = Locked<[ValidityMask?]>([ValidityMask?](repeating: nil, count: count))
    let stopped = Atomic<Bool>(false)
    let samples = [UInt8](unsafeUninitializedCapacity: rowBytes * grid.height) { buffer, filled in
      let picture = PictureBytes(base: UnsafeMutableRawBufferPointer(buffer))
      DispatchQueue.concurrentPerform(iterations: count) { part in
        let rows = part * partRows..<min((part + 1) * partRows, grid.height)
        guard !stopped.load(ordering: .relaxed), let block = try? renderer.render(rows: rows, isCancelled: isCancelled)
        else {
          stopped.store(true, ordering: .relaxed)
          return
        }
        picture.write(block.samples, at: rows.lowerBound * rowBytes)
        if block.validity != .all {
          masks.withLock { $0[part] = ValidityMask(of: block) }
        }
      }
      filled = stopped.load(ordering: .relaxed) ? 0 : buffer.count
    }
    if stopped.load(ordering: .relaxed) { throw .cancelled }
    var mask = ValidityMask(width: grid.width, height: grid.height, bands: bands, isValid: true)
    for (part, piece) in masks.withLock({ $0 }).enumerated() {
      guard let piece else { continue }
      mask.copy(piece, columns: 0..<piece.width, rows: 0..<piece.height, toColumn: 0, row: part * partRows)
    }
    return PixelBlock(
      width: grid.width, height: grid.height, bands: bands, pixelType: pixelType, samples: samples,
      validity: mask.validity)
  }
}
